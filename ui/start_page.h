// SPDX-License-Identifier: GPL-3.0-or-later
// What is shown while no model is open: open, drop, sample, recent models. Opens nothing itself.
#pragma once

#include <QFrame>

class QTreeView;

namespace bitloupe::ui {

class RecentModelList;

/// A frame with a dashed border and two sentences.
class DropArea : public QFrame {
    Q_OBJECT
public:
    explicit DropArea(QWidget* parent = nullptr);
    void setActive(bool active);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    bool m_active = false;
};

class StartPage : public QWidget {
    Q_OBJECT
public:
    explicit StartPage(bool hasSample, QWidget* parent = nullptr);
    void reloadRecent();
    /// While something that can be opened is dragged over the window.
    void setDropHint(bool active) { m_drop->setActive(active); }

signals:
    void openFileRequested();
    void openFolderRequested();
    void sampleRequested();
    void pathRequested(const QString& path);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* buildOpenPart();
    QWidget* buildSamplePart(bool hasSample);
    QWidget* buildRecentPart();

    DropArea* m_drop = nullptr;
    QTreeView* m_recent = nullptr;
    RecentModelList* m_models = nullptr;
};

} // namespace bitloupe::ui
