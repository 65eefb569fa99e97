// SPDX-License-Identifier: GPL-3.0-or-later
// A square of weights three times: before, after, and what was lost, blue below zero and orange
// above. Draws; computes nothing.
#pragma once

#include <QImage>
#include <QVector>
#include <QWidget>

namespace bitloupe::ui {

/// Plain numbers, row by row; nothing to show when there are none.
struct ErrorMapData {
    int firstRow = 0, firstColumn = 0, rows = 0, columns = 0;
    QVector<float> before, after;
};

class ErrorMapView : public QWidget {
    Q_OBJECT
public:
    explicit ErrorMapView(QWidget* parent = nullptr);
    void setData(const ErrorMapData& data);
    /// Shown in place of the squares, until there are data.
    void setReason(const QString& reason);
    const ErrorMapData& data() const { return m_data; }
    QString reason() const { return m_reason; }
    /// The weight at a point: "row 3, column 17: 0.012 -> 0.010"; empty beside the squares.
    QString textAt(const QPoint& point) const;
    QSize sizeHint() const override { return {260, 120}; }
    QSize minimumSizeHint() const override { return {200, 90}; }

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void makePictures();
    QRect squareAt(int which) const;

    ErrorMapData m_data;
    QString m_reason;
    double m_largest = 0, m_largestLoss = 0; // ends of the colours
    QImage m_pictures[3];
};

} // namespace bitloupe::ui
