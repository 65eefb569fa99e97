// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/color_scale.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace bitloupe::ui {
namespace {

QVector<QColor> colors(std::initializer_list<const char*> names)
{
    QVector<QColor> list;
    for (const char* name : names)
        list.append(QColor(QLatin1String(name)));
    return list;
}

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
        + 0.0722 * linear(color.blueF());
}

QColor mixed(const QColor& a, const QColor& b, double share)
{
    const auto mix = [share](int from, int to) {
        return static_cast<int>(std::lround(from + (to - from) * share));
    };
    return QColor(mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue()));
}

} // namespace

const QVector<QColor>& mapStops(ColorMap map, bool dark)
{
    static const QVector<QColor> viridis = colors({"#440154", "#482475", "#414487", "#355f8d",
        "#2a788e", "#21918c", "#22a884", "#44bf70", "#7ad151", "#bddf26", "#fde725"});
    static const QVector<QColor> cividis = colors({"#00224e", "#083370", "#35456c", "#4f576c",
        "#666970", "#7d7c78", "#948e77", "#aea371", "#c8b866", "#e5cf52", "#fee838"});
    static const QVector<QColor> differenceOnLight
        = colors({"#1b5a96", "#7db0d9", "#f0f0f0", "#f2a65a", "#b35806"});
    static const QVector<QColor> differenceOnDark
        = colors({"#8fc7f0", "#3f7cab", "#3c4044", "#b5722a", "#ffbf70"});
    switch (map) {
    case ColorMap::viridis: return viridis;
    case ColorMap::cividis: return cividis;
    case ColorMap::difference: return dark ? differenceOnDark : differenceOnLight;
    }
    return viridis;
}

QColor mapColor(ColorMap map, double position, bool dark)
{
    const QVector<QColor>& stops = mapStops(map, dark);
    const double last = static_cast<double>(stops.size() - 1);
    // Not a number compares false everywhere and takes the lowest colour.
    const double at = position > 0 ? std::min(position, 1.0) * last : 0.0;
    const auto below = std::min(static_cast<qsizetype>(at), stops.size() - 2);
    return mixed(stops[below], stops[below + 1], at - static_cast<double>(below));
}

QColor differenceColor(double position, bool dark)
{
    const double share = std::isnan(position) ? 0.5 : (position + 1) / 2;
    return mapColor(ColorMap::difference, share, dark);
}

const QVector<int>& paletteBits()
{
    static const QVector<int> bits = {2, 3, 4, 5, 6, 8, 16};
    return bits;
}

QColor bitsColor(int bits, bool dark)
{
    static const QVector<QColor> light = colors(
        {"#9c4a00", "#eda24a", "#e9eaec", "#bcd6ea", "#79add6", "#2b72ad", "#123e69"});
    static const QVector<QColor> night = colors(
        {"#ffcf8a", "#d08f3e", "#4a4e54", "#386489", "#5c9ac8", "#93c7ea", "#d6edfb"});
    qsizetype nearest = 0;
    for (qsizetype i = 1; i < paletteBits().size(); ++i)
        if (std::abs(paletteBits()[i] - bits) < std::abs(paletteBits()[nearest] - bits))
            nearest = i;
    return dark ? night[nearest] : light[nearest];
}

double contrastRatio(const QColor& a, const QColor& b)
{
    const double first = luminance(a) + 0.05;
    const double second = luminance(b) + 0.05;
    return std::max(first, second) / std::min(first, second);
}

QColor digitColor(const QColor& background)
{
    const QColor black(0, 0, 0);
    const QColor white(255, 255, 255);
    return contrastRatio(background, black) >= contrastRatio(background, white) ? black : white;
}

} // namespace bitloupe::ui
