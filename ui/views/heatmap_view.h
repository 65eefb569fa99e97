// SPDX-License-Identifier: GPL-3.0-or-later
// Layers against roles: one cell a decision, coloured by a metric or by bits, with the damage by
// layer beside it; a cell of experts opens into a strip. Knows nothing of plans; speaks in
// decision numbers.
#pragma once

#include "ui/views/heatmap_caption.h"
#include "ui/views/heatmap_data.h"
#include "ui/views/plot_picture.h"

#include <QWidget>

#include <memory>

namespace bitloupe::ui {

class HeatmapView : public QWidget, public PictureFrame {
    Q_OBJECT
public:
    explicit HeatmapView(QWidget* parent = nullptr);
    ~HeatmapView() override;

    /// Replaces everything; selection and scroll position stay where the shape is the same.
    void setData(HeatmapData data);
    const HeatmapData& data() const;
    void setStyle(const HeatmapStyle& style);
    const HeatmapStyle& style() const;
    /// Only decisions with these numbers are drawn in full colour; empty: all.
    void setHighlighted(const QVector<bool>& decisions);

    /// Ends of the colours, given by the style or by the values; NaN when there is no value.
    std::pair<double, double> valueRange() const;
    /// Lowest and highest finite value; NaN when there is none.
    std::pair<double, double> dataRange() const;

    QVector<int> selectedDecisions() const; // in cell order
    int currentDecision() const; // -1: none
    /// Selects without emitting selectionChanged.
    void select(const QVector<int>& decisions, int current);

    /// Decision at a point of this widget; -1: none. For tests and menus.
    int decisionAt(const QPoint& point) const;
    /// Rectangle of a decision's cell in this widget; empty when it has none or is out of view.
    QRect cellRect(int decision) const;
    /// Rectangle of an expert's cell in the open strip; empty without one or out of view.
    QRect expertRect(int expert) const;

    /// What pictures say of the colours.
    void setCaption(const HeatmapCaption& caption);
    int captionHeight() const override;
    void paintCaption(QPainter& painter) const override;
    int plotHeight() const override;

    QImage toImage(const QSize& size, qreal scale) const;
    QSize minimumSizeHint() const override;

signals:
    void selectionChanged();
    void pinRequested(int bits); // keys 2 3 4 5 6 8; 1: 16 bits; 0: clear
    void menuRequested(const QPoint& globalPosition);
    void hovered(int decision); // -1: left
    void openRequested(int decision); // its cell's strip is to open or close
    // Filled by the receiver, directly connected.
    void tipRequested(const bitloupe::ui::HeatmapCell& cell, QString* text);

protected:
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace bitloupe::ui
