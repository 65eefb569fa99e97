// SPDX-License-Identifier: GPL-3.0-or-later
// What is shown while no model is open: open, drop, sample, recent models. Opens nothing itself.
#pragma once

#include <QWidget>

class QFrame;
class QLineEdit;
class QTreeView;

namespace bitloupe::ui {

class RecentModelList;

class StartPage : public QWidget {
    Q_OBJECT
public:
    explicit StartPage(bool hasSample, QWidget* parent = nullptr);
    void reloadRecent();
    /// While something that can be opened is dragged over the window.
    void setDropHint(bool active);

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

    QFrame* m_drop = nullptr;
    QTreeView* m_recent = nullptr;
    RecentModelList* m_models = nullptr;
};

} // namespace bitloupe::ui
