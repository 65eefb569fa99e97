// SPDX-License-Identifier: GPL-3.0-or-later
// Keys to the heatmap: a colour scale with four ticks, or chips of bit widths with counts, and what
// hatching means.
#pragma once

#include "ui/views/scale_bar.h"

#include <QMap>
#include <QWidget>

class QToolButton;

namespace bitloupe::ui {

/// Gradient bar with ticks at round values. A click, Enter or Space asks to edit it.
class ColorLegend : public QWidget {
    Q_OBJECT
public:
    explicit ColorLegend(QWidget* parent = nullptr);
    void setScale(ColorMap map, const ScaleEnds& ends);
    const ScaleBar& scale() const { return m_scale; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void editRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    ScaleBar m_scale;
};

/// A hatched square and a word for each kind of cell without a colour.
class HatchLegend : public QWidget {
    Q_OBJECT
public:
    explicit HatchLegend(QWidget* parent = nullptr);
    void setShown(bool unknown, bool notFinite, bool failed);
    /// The words shown, in order.
    QStringList words() const;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    bool m_unknown = false, m_notFinite = false, m_failed = false;
};

/// One chip a bit width: colour, width and number of decisions; clicking toggles a filter.
class BitsLegend : public QWidget {
    Q_OBJECT
public:
    explicit BitsLegend(QWidget* parent = nullptr);
    void setCounts(const QMap<int, int>& decisionsByBits);
    /// The widths switched on as filter; empty: no filter.
    QList<int> filter() const;
    QSize sizeHint() const override;
    /// Without the counts: they give way in narrow windows, and stay in the tool tips.
    QSize minimumSizeHint() const override;

signals:
    void filterChanged();

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void setChipStyle(Qt::ToolButtonStyle style);
    void showCountsIfRoom();

    QSize m_withCounts, m_without;
    QMap<int, int> m_counts;
    QMap<int, QToolButton*> m_chips;
};

} // namespace bitloupe::ui
