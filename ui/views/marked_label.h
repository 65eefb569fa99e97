// SPDX-License-Identifier: GPL-3.0-or-later
// Text in the colour of a warning or an error, whatever the palette in force.
#pragma once

#include "ui/views/plot_theme.h"

#include <QEvent>
#include <QLabel>

namespace bitloupe::ui {

class MarkedLabel : public QLabel {
public:
    enum class Mark { warning, error };
    explicit MarkedLabel(Mark mark, QWidget* parent = nullptr)
        : QLabel(parent)
        , m_mark(mark)
    {
        colour();
    }

protected:
    void changeEvent(QEvent* event) override
    {
        QLabel::changeEvent(event);
        if (event->type() == QEvent::PaletteChange)
            colour();
    }

private:
    void colour()
    {
        const PlotTheme theme = plotTheme(palette(), font());
        const QColor wanted = m_mark == Mark::warning ? theme.warning : theme.error;
        if (palette().color(QPalette::WindowText) == wanted)
            return; // setting it comes back here
        QPalette own;
        own.setColor(QPalette::WindowText, wanted);
        setPalette(own);
    }

    Mark m_mark;
};

} // namespace bitloupe::ui
