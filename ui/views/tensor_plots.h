// SPDX-License-Identifier: GPL-3.0-or-later
// The three small plots of one tensor: rate curve, histogram of weights, spectrum.
#pragma once

#include <QString>
#include <QVector>
#include <QWidget>

#include <memory>
#include <utility>

class QCustomPlot;

namespace bitloupe::ui {

struct PlotTheme;

/// A plot that follows the palette; base of the three.
class SmallPlot : public QWidget {
    Q_OBJECT
public:
    ~SmallPlot() override;
    QImage toImage(const QSize& size, qreal scale) const;
    QSize sizeHint() const override { return {260, 120}; }

protected:
    explicit SmallPlot(QWidget* parent);
    QCustomPlot& plot() const { return *m_plot; }
    virtual void rebuild() = 0; // items anew, in the colours of the theme
    void changeEvent(QEvent* event) override;

private:
    QCustomPlot* m_plot;
};

/// Error against bits per weight, log y: this encoder solid, round to nearest dashed, the chosen
/// point filled with a dotted line at its bits per weight. Points beside the curve, which others of
/// their size beat, are named like the others and not joined to it.
class RateCurveView : public SmallPlot {
    Q_OBJECT
public:
    explicit RateCurveView(QWidget* parent = nullptr);
    struct Point {
        double bitsPerWeight = 0, search = 0, round = 0;
        QString name {}; // printed beside the chosen one
        bool beside = false;
    };
    void setCurve(const QVector<Point>& points, int chosen);

protected:
    void rebuild() override;

private:
    void addName(const Point& point, const PlotTheme& theme);

    QVector<Point> m_points;
    int m_chosen = -1;
};

/// 256 bins, log y, and the clip range.
class HistogramView : public SmallPlot {
    Q_OBJECT
public:
    explicit HistogramView(QWidget* parent = nullptr);
    void setHistogram(const QVector<double>& counts, double minimum, double maximum);
    /// Dotted lines where the codes of a typical group end; NaN: none.
    void setClipRange(double lower, double upper);
    std::pair<double, double> clipRange() const { return {m_lower, m_upper}; }

protected:
    void rebuild() override;

private:
    void addClipRange(const PlotTheme& theme);

    QVector<double> m_counts;
    double m_minimum = 0, m_maximum = 0;
    double m_lower, m_upper;
};

/// Leading singular values, log y; the part that the score counts as the top is shaded.
class SpectrumView : public SmallPlot {
    Q_OBJECT
public:
    explicit SpectrumView(QWidget* parent = nullptr);
    void setSpectrum(const QVector<double>& values, int topCount);

protected:
    void rebuild() override;

private:
    QVector<double> m_values;
    int m_topCount = 0;
};

} // namespace bitloupe::ui
