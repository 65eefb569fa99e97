// SPDX-License-Identifier: GPL-3.0-or-later
// Error found in the written file against error planned, one point a tensor, both axes log.
#pragma once

#include "ui/views/tensor_plots.h"

namespace bitloupe::ui {

class ErrorScatterView : public SmallPlot {
    Q_OBJECT
public:
    explicit ErrorScatterView(QWidget* parent = nullptr);
    struct Point {
        double planned = 0, found = 0;
        bool outside = false; // farther from the line than sampling explains
    };
    /// Points without two positive numbers are left out.
    void setPoints(const QVector<Point>& points);
    /// Points drawn.
    int shown() const { return static_cast<int>(m_points.size()); }

protected:
    void rebuild() override;

private:
    void addPoints(bool outside, const QColor& color);

    QVector<Point> m_points;
};

} // namespace bitloupe::ui
