// SPDX-License-Identifier: GPL-3.0-or-later
// What a person may ask for the selected tensors: the actions of the menus, their keys, and the
// wishes they become.
#pragma once

#include "ui/session.h"

#include <QHash>
#include <QObject>
#include <QVector>

class QAction;
class QMenu;

namespace bitloupe::ui {

class SelectionActions : public QObject {
    Q_OBJECT
public:
    /// `window` gets the shortcuts.
    SelectionActions(Session& session, QWidget* window);

    void setSelection(const QVector<int>& decisions, int current);
    /// The same actions for a menu bar and for a context menu.
    void addTo(QMenu& menu) const;

public slots:
    void pin(int bits); // 0: free; 16: floats
    void hold(int bits); // at least
    void likeCurrent(); // the current one's codec for all

signals:
    void refused(const QString& sentence); // nothing selected can do that

private:
    QAction* add(const QString& text, const QString& keys, const QString& tip);
    void build(QWidget* window);
    void update();
    void free();
    bool isFree(int decision) const;
    std::optional<CodecId> floorFor(int decision, int bits) const;

    Session& m_session;
    QVector<int> m_selected;
    int m_current = -1;
    QHash<int, QAction*> m_pins, m_floors; // by bits
    QAction *m_keep = nullptr, *m_like = nullptr, *m_free = nullptr;
};

} // namespace bitloupe::ui
