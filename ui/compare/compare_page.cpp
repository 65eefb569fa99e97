// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compare_page.h"

#include "ui/decision_text.h"
#include "ui/elided_combo_box.h"
#include "ui/muted_label.h"
#include "ui/qt_text.h"
#include "ui/release.h"
#include "ui/row_table.h"
#include "ui/views/heatmap_view.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTabWidget>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include <cmath>

namespace bitloupe::ui {

ComparePage::ComparePage(Session& session, const SavedPlans& saved, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_sides(new CompareSides(session, saved, this))
    , m_worker(std::make_shared<CompareWorker>())
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 4);
    column->setSpacing(4);
    column->addLayout(buildTools());
    m_tabs = new QTabWidget(this);
    m_tabs->setDocumentMode(true);
    m_view = new HeatmapView(m_tabs);
    m_view->setAccessibleName(tr("Heatmap of the difference; the table beside it holds the same"));
    m_tabs->addTab(m_view, tr("Difference"));
    m_tabs->addTab(buildTable(), tr("Table of differences"));
    column->addWidget(m_tabs, 1);
    setMinimumWidth(440); // a tab in the background must not hold the window open
    column->addLayout(buildEnd());
    connect(m_sides, &CompareSides::changed, this, [this] {
        fillNames();
        refresh();
    });
    connect(m_sides, &CompareSides::added, this,
        [this](const QString& key) { compare(m_keyA == key ? QStringLiteral("plan") : m_keyA, key); });
    connect(m_sides, &CompareSides::failed, this, &ComparePage::failed);
    connect(m_view, &HeatmapView::selectionChanged, this, [this] {
        if (!m_selecting)
            emit selectionChanged(m_view->selectedDecisions(), m_view->currentDecision());
    });
    connect(m_view, &HeatmapView::tipRequested, this,
        [this](const HeatmapCell& cell, QString* text) { *text = tipOf(cell.decision); });
    connect(m_view, &HeatmapView::openRequested, this, [this](int decision) {
        m_opened = decision == m_opened ? -1 : decision;
        refresh();
    });
    connect(&session, &Session::planChanged, this, &ComparePage::refresh);
    connect(&session, &Session::modelChanged, this, [this] {
        m_opened = -1;
        m_selected.clear();
        m_computer.forget(); // it speaks of other decisions
        m_again = false;
        show({});
        refresh();
    });
    fillNames();
}

QLayout* ComparePage::buildTools()
{
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    for (QComboBox** box : {&m_a, &m_b}) {
        *box = new ElidedComboBox(this);
        (*box)->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        (*box)->setMinimumContentsLength(8);
    }
    m_a->setAccessibleName(tr("What is compared, A"));
    m_b->setAccessibleName(tr("What it is compared with, B"));
    auto* swap = new QToolButton(this);
    swap->setText(QStringLiteral("⇄"));
    swap->setToolTip(tr("Swap A and B"));
    swap->setAccessibleName(swap->toolTip());
    auto* add = new QToolButton(this);
    add->setText(tr("&Open..."));
    add->setToolTip(tr("Read somebody's model to compare with: a GGUF file, an MLX folder, another "
                       "checkpoint with the same tensors"));
    add->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(add);
    menu->addAction(tr("&File..."), this, [this] { chooseModel(false); });
    menu->addAction(tr("F&older..."), this, [this] { chooseModel(true); });
    add->setMenu(menu);
    m_colour = new ElidedComboBox(this);
    m_colour->addItems({tr("Bits, A − B"), tr("Damage, A − B"), tr("Size, A − B"), tr("Weights changed")});
    m_colour->setAccessibleName(tr("Colour by"));
    m_legend = new DifferenceLegend(this);
    row->addWidget(new QLabel(tr("A"), this));
    row->addWidget(m_a, 1);
    row->addWidget(swap);
    row->addWidget(new QLabel(tr("B"), this));
    row->addWidget(m_b, 1);
    row->addWidget(add);
    row->addSpacing(8);
    row->addWidget(m_colour);
    row->addWidget(m_legend);
    connect(m_a, &QComboBox::activated, this,
        [this] { compare(m_a->currentData().toString(), m_keyB); });
    connect(m_b, &QComboBox::activated, this,
        [this] { compare(m_keyA, m_b->currentData().toString()); });
    connect(swap, &QToolButton::clicked, this, [this] { compare(m_keyB, m_keyA); });
    connect(m_colour, &QComboBox::currentIndexChanged, this, &ComparePage::refresh);
    return row;
}

QWidget* ComparePage::buildTable()
{
    m_model = new CompareTableModel(this);
    m_proxy = new CompareProxy(this);
    m_proxy->setSourceModel(m_model);
    m_table = new RowTable(m_tabs);
    m_table->setObjectName(QStringLiteral("compareTable"));
    m_table->setModel(m_proxy);
    m_table->setRootIsDecorated(false);
    m_table->setAllColumnsShowFocus(true);
    m_table->setAccessibleName(tr("Table of differences"));
    m_table->header()->setDefaultSectionSize(92);
    m_table->setColumnWidth(CompareTableModel::name, 240);
    m_table->setColumnWidth(CompareTableModel::role, 56);
    m_table->setColumnWidth(CompareTableModel::layer, 48);
    for (const int column : {CompareTableModel::aCodec, CompareTableModel::bCodec})
        m_table->setColumnWidth(column, 116);
    m_table->sortByColumn(-1, Qt::AscendingOrder);
    m_table->setSortingEnabled(true);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        if (m_selecting)
            return;
        QVector<int> decisions;
        const QModelIndexList rows = m_table->selectionModel()->selectedRows();
        for (const QModelIndex& row : rows)
            decisions.append(row.data(CompareTableModel::decisionRole).toInt());
        const QModelIndex current = m_table->selectionModel()->currentIndex();
        emit selectionChanged(decisions,
            current.isValid() ? current.data(CompareTableModel::decisionRole).toInt() : -1);
    });
    return m_table;
}

QLayout* ComparePage::buildEnd()
{
    auto* row = new QHBoxLayout;
    auto* grid = new QGridLayout;
    grid->setVerticalSpacing(2);
    grid->setHorizontalSpacing(16);
    const QStringList titles = {QString(), tr("Size of tensors"), tr("bpw"), tr("Predicted damage")};
    for (int c = 1; c < 4; ++c) {
        QLabel* title = mutedLabel(titles[c], this);
        title->setAlignment(Qt::AlignRight);
        grid->addWidget(title, 0, c);
    }
    for (int r = 0; r < 3; ++r)
        for (int c = 0; c < 4; ++c) {
            m_sums[r][c] = new QLabel(this);
            if (c > 0)
                m_sums[r][c]->setAlignment(Qt::AlignRight);
            grid->addWidget(m_sums[r][c], r + 1, c);
        }
    m_counts = mutedLabel({}, this);
    m_counts->setWordWrap(true);
    grid->addWidget(m_counts, 4, 0, 1, 4);
    m_counts->setMinimumWidth(120);
    row->addLayout(grid);
    row->addStretch(1);
    auto* buttons = new QGridLayout;
    m_onlyDifferences = new QCheckBox(tr("Only what &differs"), this);
    m_takeA = new QPushButton(tr("Take &A for selection"), this);
    m_takeB = new QPushButton(tr("Take &B for selection"), this);
    m_save = new QPushButton(tr("Save &table..."), this);
    // Longer languages must not push the window beyond a small screen.
    for (QWidget* one : {static_cast<QWidget*>(m_onlyDifferences), static_cast<QWidget*>(m_save),
             static_cast<QWidget*>(m_takeA), static_cast<QWidget*>(m_takeB),
             static_cast<QWidget*>(m_colour)})
        one->setMinimumWidth(96);
    buttons->addWidget(m_onlyDifferences, 0, 0);
    buttons->addWidget(m_save, 0, 1);
    buttons->addWidget(m_takeA, 1, 0);
    buttons->addWidget(m_takeB, 1, 1);
    buttons->setRowStretch(2, 1);
    row->addLayout(buttons);
    connect(m_onlyDifferences, &QCheckBox::toggled, m_proxy, &CompareProxy::setDifferencesOnly);
    connect(m_takeA, &QPushButton::clicked, this, [this] { take(true); });
    connect(m_takeB, &QPushButton::clicked, this, [this] { take(false); });
    connect(m_save, &QPushButton::clicked, this, &ComparePage::saveTable);
    return row;
}

DifferenceKind ComparePage::kind() const { return static_cast<DifferenceKind>(m_colour->currentIndex()); }

void ComparePage::setKind(DifferenceKind kind) { m_colour->setCurrentIndex(static_cast<int>(kind)); }

void ComparePage::fillNames()
{
    const QVector<SideName> names = m_sides->names();
    for (const auto& [box, key] : {std::pair(m_a, &m_keyA), std::pair(m_b, &m_keyB)}) {
        const QSignalBlocker quiet(box);
        box->clear();
        for (const SideName& one : names)
            box->addItem(one.title, one.key);
        const int at = box->findData(*key);
        box->setCurrentIndex(at); // -1: gone for now, it may come back with the target
    }
}

void ComparePage::compare(const QString& a, const QString& b)
{
    m_keyA = a;
    m_keyB = b;
    fillNames();
    refresh();
}

void ComparePage::refresh()
{
    m_stale = true;
    if (isVisible())
        compute();
}

void ComparePage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_stale)
        compute();
}

void ComparePage::compute()
{
    // One after another rather than the latest alone: while a slider moves, each shows.
    if (m_computer.running()) {
        m_again = true;
        return;
    }
    m_stale = m_again = false;
    const auto a = m_sides->question(m_keyA), b = m_sides->question(m_keyB);
    const auto& planned = m_session.planned();
    if (!a || !b || !planned || !planned->evidence
        || planned->evidence->decisions.size() != m_session.profile()->decisions.size()) {
        show({});
        return;
    }
    CompareQuestion question {
        *a, *b, m_session.model(), m_session.profile(), planned, kind(), m_opened};
    m_computer.start([worker = m_worker, question = std::move(question)](
                         const Job&) { return worker->answer(question); },
        [this, keyA = m_keyA, keyB = m_keyB](Result<Compared> compared) {
            m_shownA = keyA;
            m_shownB = keyB;
            const bool outdated = m_again && (keyA != m_keyA || keyB != m_keyB);
            if (compared && !outdated)
                show(*std::move(compared));
            if (m_again)
                compute();
        });
}

void ComparePage::show(Compared compared)
{
    replaceHeld(m_pair, std::move(compared.pair));
    m_model->setPair(m_pair);
    m_proxy->refresh();
    for (const auto& [box, title] : {std::pair(m_a, m_pair ? m_pair->a.title : QString()),
             std::pair(m_b, m_pair ? m_pair->b.title : QString())})
        if (!title.isEmpty() && box->currentIndex() >= 0)
            box->setItemText(box->currentIndex(), title);
    m_largest = largestDifference(compared.shown);
    m_view->setData(std::move(compared.shown));
    applyStyle();
    showSums(compared.counts);
}

void ComparePage::applyStyle()
{
    HeatmapStyle style;
    style.colourByBits = style.logScale = false;
    style.map = ColorMap::difference;
    style.highest = m_largest > 0 ? m_largest : 1;
    style.lowest = -style.highest;
    m_legend->setScale(kind(), m_largest * m_largest);
    m_view->setStyle(style);
    HeatmapCaption caption;
    if (m_pair)
        caption.title = tr("%1: A is %2, B is %3")
                            .arg(m_colour->currentText(), m_pair->a.title, m_pair->b.title);
    caption.scale = m_legend->scale();
    m_view->setCaption(caption);
}

void ComparePage::showSums(const CompareCounts& counts)
{
    for (QPushButton* one : {m_takeA, m_takeB, m_save})
        one->setEnabled(m_pair != nullptr);
    for (auto& row : m_sums)
        for (QLabel* label : row)
            label->clear();
    if (!m_pair) {
        m_counts->setText(m_sides->reading() ? tr("Reading...") : tr("Choose two to compare."));
        return;
    }
    const ComparedSide &a = m_pair->a.side, &b = m_pair->b.side;
    const auto fill = [this](int row, const QStringList& texts) {
        for (int c = 0; c < texts.size(); ++c)
            m_sums[row][c]->setText(texts[c]);
    };
    const auto bpw = [](double value) { return QLocale().toString(value, 'f', 2); };
    const auto line = [&](const QString& letter, const NamedSide& one) {
        return QStringList {QStringLiteral("%1: %2").arg(letter,
                                fontMetrics().elidedText(one.title, Qt::ElideMiddle, 220)),
            sizeToQt(one.side.dataBytes), bpw(one.side.bitsPerWeight), scoreToQt(one.side.damage)};
    };
    fill(0, line(tr("A"), m_pair->a));
    fill(1, line(tr("B"), m_pair->b));
    const double difference = a.bitsPerWeight - b.bitsPerWeight;
    fill(2, {tr("A − B"), signedSize(double(a.dataBytes) - double(b.dataBytes)),
                (difference < 0 ? QString(QChar(0x2212)) : QString()) + bpw(std::abs(difference)),
                signedScore(a.damage - b.damage)});
    QString text = tr("%1 with more bits in A, %2 with fewer, %3 the same.")
                       .arg(counts.more)
                       .arg(counts.fewer)
                       .arg(counts.same);
    if (counts.missing > 0)
        text += QLatin1Char(' ') + tr("%1 are missing on one side.").arg(counts.missing);
    if (counts.otherShape > 0)
        text += QLatin1Char(' ')
            + tr("%1 have another shape there and cannot be compared.").arg(counts.otherShape);
    m_counts->setText(text + QLatin1Char(' ') + tr("Damage is predicted, not measured."));
}

QString ComparePage::tipOf(int decision) const
{
    if (!m_pair || decision < 0)
        return {};
    const auto d = static_cast<std::size_t>(decision);
    QString text = QStringLiteral("<b>%1</b>").arg(
        nameToQt(m_pair->profile->decisions[d].name).toHtmlEscaped());
    const auto add = [&](const QString& letter, const ComparedCell& cell) {
        const Codec* known = findCodec(cell.codec);
        text += QStringLiteral("<br>%1: ").arg(letter)
            + (cell.otherShape   ? tr("another shape, not comparable")
                  : !cell.present() ? tr("no such tensor")
                               : (known ? codecTitle(known->id) : nameToQt(cell.codec).toHtmlEscaped())
                      + QStringLiteral(", ") + sizeToQt(cell.bytes) + QStringLiteral(", ")
                      + tr("damage %1").arg(scoreToQt(cell.damage)));
    };
    add(tr("A"), m_pair->a.side.cells[d]);
    add(tr("B"), m_pair->b.side.cells[d]);
    if (const double change = m_pair->change(d); !std::isnan(change))
        text += QStringLiteral("<br>") + tr("Weights changed by %1").arg(scoreToQt(change));
    return text;
}

} // namespace bitloupe::ui
