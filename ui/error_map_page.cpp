// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/error_map_page.h"

#include "measure/error_tile.h"
#include "ui/decision_text.h"
#include "ui/error_text.h"
#include "ui/qt_text.h"
#include "ui/shortened_label.h"
#include "ui/views/error_map_view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <limits>

namespace bitloupe::ui {
namespace {

constexpr int side = static_cast<int>(errorTileSide);

int lastTile(std::uint64_t length)
{
    const std::uint64_t most = std::numeric_limits<int>::max() / 2;
    return length == 0 ? 0 : static_cast<int>(std::min(length - 1, most)) / side * side;
}

ErrorMapData dataOf(const ErrorTile& tile)
{
    ErrorMapData data;
    data.firstRow = static_cast<int>(tile.firstRow);
    data.firstColumn = static_cast<int>(tile.firstColumn);
    data.rows = static_cast<int>(tile.rows);
    data.columns = static_cast<int>(tile.columns);
    data.before = QVector<float>(tile.before.begin(), tile.before.end());
    data.after = QVector<float>(tile.after.begin(), tile.after.end());
    return data;
}

} // namespace

ErrorMapPage::ErrorMapPage(const Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(2);
    auto* row = new QHBoxLayout;
    row->setSpacing(4);
    m_row = new QSpinBox(this);
    m_row->setPrefix(tr("row "));
    m_row->setAccessibleName(tr("First row"));
    m_column = new QSpinBox(this);
    m_column->setPrefix(tr("col. "));
    m_column->setAccessibleName(tr("First column"));
    for (QSpinBox* field : {m_row, m_column}) {
        field->setSingleStep(side);
        field->setKeyboardTracking(false);
        field->setToolTip(tr("Squares of 256 by 256 weights"));
        row->addWidget(field);
        connect(field, &QSpinBox::valueChanged, this, &ErrorMapPage::compute);
    }
    m_error = new ShortenedLabel(this); // the panel is narrow where it scrolls
    m_error->setForegroundRole(QPalette::PlaceholderText);
    row->addWidget(m_error, 1);
    auto* larger = new QToolButton(this);
    larger->setText(tr("Larger"));
    connect(larger, &QToolButton::clicked, this, &ErrorMapPage::openLarge);
    row->addWidget(larger);
    column->addLayout(row);
    m_view = new ErrorMapView(this);
    column->addWidget(m_view, 1);
}

void ErrorMapPage::show(int decision)
{
    if (decision != m_decision || !m_session.profile()) {
        m_decision = m_session.profile() ? decision : -1;
        setFields();
    }
    compute();
}

void ErrorMapPage::setFields()
{
    const QSignalBlocker quietRow(m_row), quietColumn(m_column);
    const bool any = m_decision >= 0;
    std::uint64_t rows = 0, columns = 0;
    if (any) {
        const DecisionView view(m_session, m_decision);
        rows = view.decision().rows;
        columns = view.decision().columns;
    }
    m_row->setRange(0, lastTile(rows));
    m_column->setRange(0, lastTile(columns));
    m_row->setValue(0);
    m_column->setValue(0);
    m_row->setEnabled(m_row->maximum() > 0);
    m_column->setEnabled(m_column->maximum() > 0);
}

std::optional<ErrorMapPage::Wanted> ErrorMapPage::wanted(QString& reason) const
{
    if (m_decision < 0 || !m_session.model()) {
        reason = tr("No tensor selected");
        return std::nullopt;
    }
    const DecisionView view(m_session, m_decision);
    const Decision& decision = view.decision();
    if (decision.sources.empty() || !decision.cut.whole() || decision.cut.transposed) {
        reason = tr("Not for tensors that are cut out of another.");
        return std::nullopt;
    }
    if (!view.isFree() || view.codec().family == CodecFamily::stored) {
        reason = tr("Kept as it is: nothing is lost.");
        return std::nullopt;
    }
    return Wanted {m_session.model(), decision.sources.front(), view.codec().id,
        m_session.profile()->floatType, m_session.analysis()->moments,
        static_cast<std::uint64_t>(m_row->value()), static_cast<std::uint64_t>(m_column->value())};
}

void ErrorMapPage::compute()
{
    if (!isVisible())
        return; // nobody looks: nothing is read
    QString reason;
    const std::optional<Wanted> now = wanted(reason);
    if (now && now == m_shown)
        return;
    m_runner.forget();
    m_shown = now;
    if (!now) {
        m_error->setTexts({}, {});
        m_view->setReason(reason);
        m_view->setToolTip({});
        return;
    }
    m_runner.start(
        [now = *now](const Job& job) {
            return errorTile(now.model, now.tensor, codec(now.codec), now.floatType, now.moments,
                now.row, now.column, job);
        },
        [this](const Result<ErrorTile>& tile) {
            if (!tile) {
                m_error->setTexts({}, {});
                m_error->setToolTip({});
                m_view->setReason(errorText(tile.error()));
                m_view->setToolTip(errorToolTip(tile.error()));
                return;
            }
            m_view->setToolTip({});
            m_view->setData(dataOf(*tile));
            m_error->setTexts(tr("NRMSE %1").arg(scoreToQt(tile->nrmse)), scoreToQt(tile->nrmse));
            m_error->setToolTip(tr("Of this square, as the search encoder codes it"));
            if (m_large)
                m_large->setData(m_view->data());
        });
}

void ErrorMapPage::openLarge()
{
    if (!m_large) {
        m_large = new ErrorMapView(this);
        m_large->setWindowFlag(Qt::Window);
        m_large->setAttribute(Qt::WA_DeleteOnClose);
        m_large->setWindowTitle(tr("Error map"));
        m_large->resize(3 * side + 80, side + 80);
    }
    if (m_view->data().before.isEmpty())
        m_large->setReason(m_view->reason());
    else
        m_large->setData(m_view->data());
    m_large->QWidget::show();
    m_large->raise();
}

void ErrorMapPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    compute();
}

} // namespace bitloupe::ui
