// SPDX-License-Identifier: GPL-3.0-or-later
// What the plan's codec does to a square of the selected tensor, computed elsewhere while it is in
// view; fields choose the square.
#pragma once

#include "ui/session.h"

#include <QPointer>
#include <QWidget>

class QSpinBox;

namespace bitloupe::ui {

class ErrorMapView;
class ShortenedLabel;

class ErrorMapPage : public QWidget {
    Q_OBJECT
public:
    explicit ErrorMapPage(const Session& session, QWidget* parent = nullptr);
    /// -1: none.
    void show(int decision);
    ErrorMapView& view() { return *m_view; }
    QSpinBox& rowField() { return *m_row; }
    QSpinBox& columnField() { return *m_column; }
    /// True from the choice of a square until it is shown.
    bool computing() const { return m_runner.running(); }

protected:
    void showEvent(QShowEvent* event) override;

private:
    struct Wanted {
        std::shared_ptr<const Model> model;
        TensorId tensor;
        CodecId codec;
        DType floatType;
        std::shared_ptr<const Moments> moments; // another object once a probe found more
        std::uint64_t row = 0, column = 0;
        bool operator==(const Wanted&) const = default;
    };
    std::optional<Wanted> wanted(QString& reason) const;
    void setFields();
    void compute();
    void openLarge();

    const Session& m_session;
    int m_decision = -1;
    std::optional<Wanted> m_shown; // or being computed
    QSpinBox *m_row, *m_column;
    ShortenedLabel* m_error;
    ErrorMapView* m_view;
    QPointer<ErrorMapView> m_large;
    JobRunner m_runner; // last: ends before what it reports to
};

} // namespace bitloupe::ui
