// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tensor_panel.h"
#include "ui/core_words.h"

#include "measure/clip_range.h"
#include "measure/metrics.h"
#include "ui/decision_text.h"
#include "ui/error_map_page.h"
#include "ui/muted_label.h"
#include "ui/qt_text.h"
#include "ui/tier_table.h"
#include "ui/views/channel_profile.h"
#include "ui/views/marked_label.h"
#include "ui/views/plot_picture.h"
#include "ui/views/tensor_plots.h"
#include "ui/why_text.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <limits>

namespace bitloupe::ui {
namespace {

QLabel* sectionTitle(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    QFont font = label->font();
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
    return label;
}

// One value a channel: stacked experts share a channel's place. Empty stays empty.
QVector<double> meanOfSlabs(const std::vector<float>& values, std::uint64_t channels)
{
    const std::size_t slabs = channels > 0 ? values.size() / channels : 0;
    const bool stacked = slabs > 1 && values.size() % channels == 0;
    if (!stacked)
        return QVector<double>(values.begin(), values.end());
    QVector<double> mean(static_cast<qsizetype>(channels), 0.0);
    for (std::size_t i = 0; i < values.size(); ++i)
        mean[static_cast<qsizetype>(i % channels)] += double(values[i]) / double(slabs);
    return mean;
}

// By another block type that is as small.
bool isBeaten(
    const DecisionEvidence& evidence, const std::vector<CodecOption>& options, std::size_t option)
{
    for (std::size_t i = option + 1; i < options.size(); ++i)
        if (options[i].dataBytes == options[option].dataBytes
            && evidence.options[i].nrmse < evidence.options[option].nrmse)
            return true;
    return false;
}

} // namespace

TensorPanel::TensorPanel(const Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(4);
    buildFacts(column);
    buildPlots(column);
    buildPins(column);
    setMinimumWidth(250);
    show(-1, 0);
}

QLabel* TensorPanel::addRow(QFormLayout* form, const QString& title)
{
    auto* value = new QLabel(this);
    value->setWordWrap(true); // other languages take more words
    value->setTextInteractionFlags(Qt::TextSelectableByMouse);
    form->addRow(mutedLabel(title, this), value);
    return value;
}

void TensorPanel::buildFacts(QVBoxLayout* column)
{
    m_name = sectionTitle({}, this);
    m_name->setWordWrap(true);
    m_name->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_shape = new QLabel(this);
    m_shape->setForegroundRole(QPalette::PlaceholderText);
    column->addWidget(m_name);
    column->addWidget(m_shape);
    auto* form = new QFormLayout;
    form->setContentsMargins(0, 6, 0, 6);
    form->setVerticalSpacing(2);
    form->setHorizontalSpacing(10);
    m_plan = addRow(form, tr("Plan"));
    m_damage = addRow(form, tr("Predicted damage"));
    m_error = addRow(form, tr("Error (NRMSE)"));
    m_swan = addRow(form, tr("SWAN composite"));
    m_largest = addRow(form, tr("Largest |w|"));
    column->addLayout(form);
    m_remarks = new MarkedLabel(MarkedLabel::Mark::warning, this);
    m_remarks->setWordWrap(true);
    m_remarks->setTextFormat(Qt::PlainText);
    m_remarks->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(m_remarks);
    m_tiers = new TierTable(this);
    column->addWidget(m_tiers);
    column->addSpacing(6);
    column->addWidget(sectionTitle(tr("Why these bits"), this));
    m_why = new QLabel(this);
    m_why->setObjectName(QStringLiteral("coreText")); // explained by the core, in English
    m_why->setWordWrap(true);
    m_why->setTextFormat(Qt::PlainText);
    m_why->setAlignment(Qt::AlignTop);
    column->addWidget(m_why);
}

void TensorPanel::buildPlots(QVBoxLayout* column)
{
    column->addWidget(sectionTitle(tr("Rate and error"), this));
    m_curve = new RateCurveView(this);
    column->addWidget(m_curve, 5);
    m_histogramTitle = sectionTitle(tr("Weights, 256 bins, count"), this);
    column->addWidget(m_histogramTitle);
    m_histogram = new HistogramView(this);
    column->addWidget(m_histogram, 4);
    m_spectrum = new SpectrumView(this);
    m_inputs = new ChannelProfileView(tr("s: mean square of each input channel"), this);
    m_outputs = new ChannelProfileView(tr("f: mean squared gradient of each output"), this);
    m_more = new QTabWidget(this);
    m_more->setDocumentMode(true);
    m_more->addTab(m_spectrum, tr("Spectrum"));
    m_more->addTab(m_inputs, tr("Inputs"));
    m_more->addTab(m_outputs, tr("Outputs"));
    m_errorMap = new ErrorMapPage(m_session, this);
    m_more->addTab(m_errorMap, tr("Errors"));
    column->addWidget(m_more, 5);
}

void TensorPanel::buildPins(QVBoxLayout* column)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(4);
    for (const int bits : {0, 2, 3, 4, 5, 6, 8, 16}) {
        auto* button = new QToolButton(this);
        button->setText(bits == 0 ? tr("Free") : QString::number(bits));
        button->setAccessibleName(bits == 0 ? tr("Let the plan choose") : tr("Pin at %1 bits").arg(bits));
        button->setCheckable(true);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        button->setMinimumHeight(24);
        connect(button, &QToolButton::clicked, this, [this, bits] {
            emit pinRequested(bits);
            showPins();
        });
        row->addWidget(button);
        m_pins.insert(bits, button);
    }
    column->addWidget(sectionTitle(tr("Pin"), this));
    column->addLayout(row);
    m_types = new QComboBox(this);
    m_types->setAccessibleName(tr("Pin to a block type"));
    column->addWidget(m_types);
    connect(m_types, &QComboBox::activated, this, [this](int entry) {
        if (entry > 0)
            emit codecRequested({static_cast<std::uint16_t>(m_types->itemData(entry).toUInt())});
        showPins();
    });
    m_hint = new QLabel(this);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    column->addWidget(m_hint);
}

void TensorPanel::show(int decision, int selected)
{
    m_decision = decision;
    m_selected = selected;
    refresh();
}

void TensorPanel::refresh()
{
    if (!m_session.profile()
        || m_decision >= static_cast<int>(m_session.profile()->decisions.size()))
        m_decision = -1;
    showFacts();
    m_tiers->show(m_session, m_decision);
    showPlots();
    showProfiles();
    m_errorMap->show(m_decision);
    showPins();
}

void TensorPanel::showRemarks()
{
    const QStringList odd
        = m_decision < 0 ? QStringList() : DecisionView(m_session, m_decision).remarks();
    m_remarks->setVisible(!odd.isEmpty());
    m_remarks->setText(odd.join(QLatin1Char('\n')));
}

void TensorPanel::showFacts()
{
    showRemarks();
    for (QLabel* label : {m_shape, m_plan, m_damage, m_error, m_swan, m_largest, m_why})
        label->clear();
    if (m_decision < 0) {
        m_name->setText(tr("No tensor selected"));
        m_why->setText(tr("Click a cell of the heatmap, or walk it with the arrow keys."));
        return;
    }
    const DecisionView view(m_session, m_decision);
    const TensorScore* score = view.score();
    m_name->setText(view.name());
    const TensorInfo* source = view.decision().sources.empty()
        ? nullptr
        : &m_session.model()->tensor(view.decision().sources.front());
    m_shape->setText(tr("%1, %2, %3")
                         .arg(view.shapeText(),
                             source ? toQt(dtypeInfo(source->dtype).name) : QString(),
                             sizeToQt(view.sourceBytes())));
    m_plan->setText(tr("%1, %2").arg(view.codecText(), sizeToQt(view.bytes())));
    if (score && !std::isnan(score->facts.maxSigma))
        m_largest->setText(tr("%1 σ").arg(QLocale().toString(score->facts.maxSigma, 'f', 1)));
    if (!view.isFree()) {
        m_why->setText(tr("Kept: %1.").arg(translated(view.decision().fixedReason)));
        return;
    }
    const Plan* plan = m_session.planned() && m_session.planned()->plan
        ? &*m_session.planned()->plan
        : nullptr;
    const double share = plan && plan->damage > 0 ? 100 * view.damage() / plan->damage : 0;
    m_damage->setText(view.known() ? tr("%1 (%2 % of the plan)")
                                         .arg(scoreToQt(view.damage()),
                                             QLocale().toString(share, 'f', 1))
                                   : tr("unknown yet"));
    m_error->setText(view.known() && view.nrmse() > 0
            ? tr("%1 (%2 dB)").arg(scoreToQt(view.nrmse()),
                QLocale().toString(sqnrDb(view.nrmse()), 'f', 1))
            : scoreToQt(view.nrmse()));
    m_swan->setText(tr("%1 (published score)").arg(scoreToQt(view.metric(metricIndex("swan")), 2)));
    if (!plan)
        return;
    const Evidence& evidence = *m_session.planned()->evidence;
    QString why = whyText(
        explain(*m_session.profile(), evidence, *plan, static_cast<std::size_t>(m_decision)));
    if (evidence.tier < 2) // deeper ones are in the explanation
        why += QLatin1Char(' ') + view.tierText();
    m_why->setText(why);
}

void TensorPanel::showProfiles()
{
    QVector<double> inputs, outputs;
    if (m_decision >= 0) {
        const DecisionView view(m_session, m_decision);
        if (const TensorMoments* moments = view.moments()) {
            inputs = meanOfSlabs(moments->input, view.decision().columns);
            outputs = meanOfSlabs(moments->gradient, view.decision().rows);
        }
    }
    m_inputs->setProfile(inputs);
    m_outputs->setProfile(outputs);
    const QString unknown = tr("A probe finds this; see Plan > Probe");
    for (const auto& [tab, view] : {std::pair {1, m_inputs}, std::pair {2, m_outputs}}) {
        m_more->setTabEnabled(tab, !view->profile().isEmpty());
        m_more->setTabToolTip(tab, view->profile().isEmpty() ? unknown : QString());
    }
}

void TensorPanel::showPlots()
{
    QVector<RateCurveView::Point> points;
    int chosen = -1;
    const TensorScore* score = nullptr;
    if (m_decision >= 0) {
        const DecisionView view(m_session, m_decision);
        score = view.score();
        const DecisionEvidence* evidence = view.evidence();
        const auto& options = view.decision().options;
        // Groups of one size make a curve; the chosen one's size, else 64. Of blocks all do.
        const int wanted = view.codec().groupSize > 0 ? view.codec().groupSize : 64;
        double least = std::numeric_limits<double>::infinity();
        for (std::size_t i = 0; evidence && evidence->known && i < options.size(); ++i) {
            const Codec& one = codec(options[i].codec);
            const bool block = one.family == CodecFamily::block;
            if (!block && one.groupSize != wanted)
                continue;
            if (i == view.option())
                chosen = static_cast<int>(points.size());
            RateCurveView::Point point;
            point.bitsPerWeight = 8.0 * static_cast<double>(options[i].dataBytes)
                / static_cast<double>(std::max<std::uint64_t>(view.decision().elements, 1));
            point.search = evidence->options[i].nrmse;
            point.round = evidence->details[i].nrmseRound;
            if (block) {
                point.name = toQt(dtypeInfo(one.storedType).name);
                point.beside = !(point.search < least) || isBeaten(*evidence, options, i);
                least = std::min(least, point.search);
            }
            points.append(point);
        }
    }
    for (SmallPlot* plot : findChildren<SmallPlot*>())
        setPictureSubject(
            *plot, m_decision < 0 ? QString() : DecisionView(m_session, m_decision).name());
    m_curve->setCurve(points, chosen);
    QVector<double> counts;
    if (score && score->state == TensorState::measured)
        counts = QVector<double>(score->facts.histogram.begin(), score->facts.histogram.end());
    m_histogram->setHistogram(
        counts, counts.isEmpty() ? 0 : score->facts.minimum, counts.isEmpty() ? 0 : score->facts.maximum);
    findClipRange();
    QVector<double> spectrum;
    if (score)
        spectrum = QVector<double>(score->spectrum.begin(), score->spectrum.end());
    m_spectrum->setSpectrum(spectrum, static_cast<int>(std::min<qsizetype>(spectrum.size(), 25)));
    m_more->setTabToolTip(0,
        spectrum.isEmpty() ? tr("Not computed yet")
                           : tr("Leading %1 singular values").arg(spectrum.size()));
}

// Reading and encoding a part of the tensor takes a moment; only another tensor or codec is news.
void TensorPanel::findClipRange()
{
    const std::shared_ptr<const Model>& model = m_session.model();
    bool wanted = model && m_decision >= 0;
    std::pair<TensorId, CodecId> now;
    std::vector<float> weights;
    if (wanted) {
        const DecisionView view(m_session, m_decision);
        const Decision& decision = view.decision();
        wanted = view.codec().family == CodecFamily::affine && decision.cut.whole()
            && !decision.cut.transposed && !decision.sources.empty();
        if (wanted)
            now = {decision.sources.front(), view.codec().id};
        if (wanted && view.moments())
            weights = view.moments()->input;
    }
    if (wanted && m_hasClipped && m_clipped == now)
        return;
    m_clipper.forget();
    m_histogram->setClipRange(unknownValue, unknownValue);
    m_hasClipped = wanted;
    m_clipped = now;
    if (!wanted)
        return;
    m_clipper.start(
        [model, now, weights = std::move(weights), type = m_session.profile()->floatType](
            const Job& job) {
            return clipRange(model, now.first, codec(now.second), type, weights, job);
        },
        [this](const Result<ClipRange>& range) {
            if (range) // without it there are no lines, and the scores say what is wrong
                m_histogram->setClipRange(range->lower, range->upper);
        });
}

void TensorPanel::showTypes(bool pinned)
{
    m_types->clear();
    m_types->addItem(tr("Pin to a type..."));
    if (m_decision >= 0)
        for (const CodecOption& option : DecisionView(m_session, m_decision).decision().options)
            if (const Codec& one = codec(option.codec); one.family == CodecFamily::block)
                m_types->addItem(toQt(dtypeInfo(one.storedType).name), one.id.value);
    m_types->setVisible(m_types->count() > 1);
    if (pinned)
        m_types->setCurrentIndex(std::max(
            0, m_types->findData(m_session.editor().pins()[m_decision].value)));
}

void TensorPanel::showPins()
{
    const bool has = m_decision >= 0 && DecisionView(m_session, m_decision).isFree();
    int pinned = 0;
    if (has && m_session.editor().pins().contains(m_decision))
        pinned = codec(m_session.editor().pins()[m_decision]).bits;
    for (auto button = m_pins.cbegin(); button != m_pins.cend(); ++button) {
        const bool possible = button.key() == 0
            || (has && m_session.codecForBits(m_decision, button.key()).has_value());
        button.value()->setEnabled(has && possible);
        button.value()->setChecked(has && button.key() == pinned);
    }
    showTypes(pinned > 0);
    m_hint->setText(m_selected > 1 ? tr("%n tensor(s) selected; keys 2 3 4 5 6 8, 0 clears", nullptr, m_selected)
                                   : tr("keys 2 3 4 5 6 8, 0 clears"));
}

} // namespace bitloupe::ui
