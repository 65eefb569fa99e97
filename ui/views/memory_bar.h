// SPDX-License-Identifier: GPL-3.0-or-later
// A stacked bar of what fills a device's memory, 12 px high, 1 px outlines.
#pragma once

#include <QColor>
#include <QVector>
#include <QWidget>

namespace bitloupe::ui {

class MemoryBar : public QWidget {
    Q_OBJECT
public:
    explicit MemoryBar(QWidget* parent = nullptr);
    /// Segment sizes in bytes, from the left, and the whole. More than the whole is drawn in the
    /// error colour from where it overflows.
    void setSegments(const QVector<double>& segments, double total);
    /// Colour of segment `index` in the palette in force; the legend's squares use it.
    static QColor segmentColor(int index, const QPalette& palette);
    QSize sizeHint() const override { return {200, 12}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QVector<double> m_segments;
    double m_total = 0;
};

} // namespace bitloupe::ui
