// SPDX-License-Identifier: GPL-3.0-or-later
// One positive number a channel, log y: what flows into a matrix, or how much its output matters.
#pragma once

#include "ui/views/tensor_plots.h"

namespace bitloupe::ui {

class ChannelProfileView : public SmallPlot {
    Q_OBJECT
public:
    explicit ChannelProfileView(const QString& axisTitle, QWidget* parent = nullptr);
    void setProfile(const QVector<double>& values);
    const QVector<double>& profile() const { return m_values; }

protected:
    void rebuild() override;

private:
    QVector<double> m_values;
};

} // namespace bitloupe::ui
