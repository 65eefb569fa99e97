// SPDX-License-Identifier: GPL-3.0-or-later
// Size against predicted damage: the frontier, other plans as points, and this plan as a dot on a
// vertical line that can be dragged.
#pragma once

#include <QString>
#include <QVector>
#include <QWidget>

#include <memory>

namespace bitloupe::ui {

struct FrontierMark {
    enum class Kind { uniform, published } kind = Kind::uniform; // square, diamond
    QString label; // "uniform 4", "SWAN"
    double bytes = 0;
    double damage = 0;
};

struct FrontierData {
    QVector<double> bytes, damage; // the curve, rising bytes
    int knee = -1; // into the curve
    QVector<FrontierMark> marks;
    double planBytes = 0, planDamage = 0; // 0 bytes: no plan
    QString experts; // said above the curve: what does not move along it; empty: everything does
    double lowestBytes = 0, highestBytes = 0; // where the line may be dragged
};

class FrontierView : public QWidget {
    Q_OBJECT
public:
    explicit FrontierView(QWidget* parent = nullptr);
    ~FrontierView() override;
    void setData(const FrontierData& shown);
    /// Bytes at a point of this widget, clamped to where the line may go.
    double bytesAt(const QPoint& point) const;
    QImage toImage(const QSize& size, qreal scale) const;

signals:
    void budgetDragged(double bytes);
    void dragFinished();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void nameAxis();

    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace bitloupe::ui
