// SPDX-License-Identifier: GPL-3.0-or-later
// Two plans or models side by side: what they are, the difference as heatmap and as table, sums.
#pragma once

#include "ui/compare/compare_worker.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QTabWidget;
class QTreeView;

namespace bitloupe::ui {

class HeatmapView;

class ComparePage : public QWidget {
    Q_OBJECT
public:
    ComparePage(Session& session, const SavedPlans& saved, QWidget* parent = nullptr);

    CompareSides& sides() { return *m_sides; }
    HeatmapView& view() { return *m_view; }
    QTreeView& table() { return *m_table; }
    const ComparedPair* pair() const { return m_pair.get(); }
    /// True from a change until the page shows what it led to.
    bool computing() const { return m_computer.running(); }
    void compare(const QString& a, const QString& b); // keys of CompareSides
    void setKind(DifferenceKind kind);
    /// New numbers; computed when the page shows.
    void refresh();
    void select(const QVector<int>& decisions, int current);
    /// The rows shown, in their order; comma or tab separated by the ending. Written elsewhere.
    void saveTableTo(const QString& file);
    /// Pins what is selected to what one side has, where that is possible.
    void take(bool sideA);

signals:
    void selectionChanged(const QVector<int>& decisions, int current);
    void message(const QString& text);
    void failed(const bitloupe::Error& error);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QLayout* buildTools();
    QWidget* buildTable();
    QLayout* buildEnd();
    void fillNames();
    void chooseModel(bool folder);
    void saveTable();
    void compute();
    void show(Compared compared);
    void applyStyle();
    void showSums(const CompareCounts& counts);
    DifferenceKind kind() const;
    QString tipOf(int decision) const;

    Session& m_session;
    CompareSides* m_sides;
    std::shared_ptr<const ComparedPair> m_pair;
    QString m_keyA = QStringLiteral("plan"), m_keyB = QStringLiteral("uniform");
    bool m_stale = true;
    bool m_selecting = false;
    int m_opened = -1;
    QVector<int> m_selected;
    std::shared_ptr<CompareWorker> m_worker; // touched by the computer's thread alone
    bool m_again = false; // something changed while it computed
    QString m_shownA, m_shownB; // keys of the pair
    double m_largest = 0; // difference among the cells
    QComboBox *m_a, *m_b, *m_colour;
    DifferenceLegend* m_legend;
    QTabWidget* m_tabs;
    HeatmapView* m_view;
    QTreeView* m_table;
    CompareTableModel* m_model;
    CompareProxy* m_proxy;
    QCheckBox* m_onlyDifferences;
    QLabel* m_sums[3][4]; // rows A, B, A - B; title, MB, bpw, damage
    QLabel* m_counts;
    QPushButton *m_takeA, *m_takeB, *m_save;
    JobRunner m_writer, m_computer; // last: end before what they report to
};

} // namespace bitloupe::ui
