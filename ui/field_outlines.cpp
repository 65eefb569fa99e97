// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/field_outlines.h"

#include <QApplication>
#include <QPainter>
#include <QProxyStyle>
#include <QStyleOption>

#include <cmath>

namespace bitloupe::ui {
namespace {

constexpr double outlineShare = 0.3; // of the text's colour in the outline's

class FieldOutlines final : public QProxyStyle {
public:
    FieldOutlines()
        : QProxyStyle(QStringLiteral("Fusion"))
    {
    }

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
        const QWidget* widget) const override
    {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        if (element == PE_FrameLineEdit)
            outline(*painter, *option, option->rect);
        else if (element == PE_IndicatorCheckBox)
            outline(*painter, *option, option->rect, 0);
    }

    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
        QPainter* painter, const QWidget* widget) const override
    {
        QProxyStyle::drawComplexControl(control, option, painter, widget);
        if (control == CC_SpinBox)
            outline(*painter, *option, option->rect);
    }

private:
    static void outline(
        QPainter& painter, const QStyleOption& option, const QRect& rect, int radius = 2)
    {
        const QColor color = fieldOutline(option.palette);
        // A field with the focus has the accent around it, and a disabled one is to look so.
        if (!color.isValid() || !(option.state & State_Enabled) || (option.state & State_HasFocus))
            return;
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing, radius > 0);
        painter.setPen(color);
        painter.setBrush(Qt::NoBrush);
        painter.translate(radius > 0 ? 0.5 : 0, radius > 0 ? 0.5 : 0);
        painter.drawRoundedRect(rect.adjusted(0, 0, -1, -1), radius, radius);
        painter.restore();
    }
};

} // namespace

QColor fieldOutline(const QPalette& palette)
{
    const QColor window = palette.color(QPalette::Window);
    const QColor text = palette.color(QPalette::WindowText);
    if (window.lightness() >= 128 || text.lightness() <= window.lightness())
        return {};
    const auto mix = [](int from, int to) {
        return static_cast<int>(std::lround(from + (to - from) * outlineShare));
    };
    return QColor(mix(window.red(), text.red()), mix(window.green(), text.green()),
        mix(window.blue(), text.blue()));
}

void outlineFields()
{
    if (QApplication::style()->name().compare(QLatin1String("fusion"), Qt::CaseInsensitive) == 0)
        QApplication::setStyle(new FieldOutlines);
}

} // namespace bitloupe::ui
