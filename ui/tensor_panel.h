// SPDX-License-Identifier: GPL-3.0-or-later
// Everything about one tensor: what it is, its plan and why, its plots, and the pin buttons.
#pragma once

#include "ui/session.h"

#include <QWidget>

class QComboBox;
class QFormLayout;
class QLabel;
class QTabWidget;
class QToolButton;
class QVBoxLayout;

namespace bitloupe::ui {

class ChannelProfileView;
class HistogramView;
class ErrorMapPage;
class RateCurveView;
class SpectrumView;
class TierTable;

class TensorPanel : public QWidget {
    Q_OBJECT
public:
    explicit TensorPanel(const Session& session, QWidget* parent = nullptr);
    /// -1: nothing selected. `selected` decisions are what the pin buttons act on.
    void show(int decision, int selected);
    void refresh();
    ErrorMapPage& errorMap() { return *m_errorMap; }

signals:
    void pinRequested(int bits); // 0: free
    void codecRequested(bitloupe::CodecId codec); // exactly this block type

private:
    QLabel* addRow(QFormLayout* form, const QString& title);
    void buildFacts(QVBoxLayout* column);
    void buildPlots(QVBoxLayout* column);
    void buildPins(QVBoxLayout* column);
    void showFacts();
    void showRemarks();
    void showPlots();
    void showProfiles();
    void showPins();
    void showTypes(bool pinned);
    void findClipRange();

    const Session& m_session;
    int m_decision = -1;
    int m_selected = 0;
    QLabel *m_name, *m_shape, *m_plan, *m_damage, *m_error, *m_swan, *m_largest, *m_why, *m_hint, *m_remarks;
    RateCurveView* m_curve;
    HistogramView* m_histogram;
    SpectrumView* m_spectrum;
    QLabel* m_histogramTitle;
    ChannelProfileView *m_inputs, *m_outputs;
    ErrorMapPage* m_errorMap;
    QTabWidget* m_more;
    TierTable* m_tiers;
    QMap<int, QToolButton*> m_pins;
    QComboBox* m_types; // of decisions with weight blocks, of which several have the same bits
    std::pair<TensorId, CodecId> m_clipped; // what the clip range is of, or is being found for
    bool m_hasClipped = false;
    JobRunner m_clipper; // last: ends before what it reports to
};

} // namespace bitloupe::ui
