// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/start_page.h"

#include "ui/models/recent_model_list.h"
#include "ui/muted_label.h"

#include <QGridLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QLineEdit>
#include <QTreeView>
#include <QVBoxLayout>

namespace bitloupe::ui {
namespace {

QLabel* title(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() * 1.25);
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
    return label;
}

QLabel* wrapped(const QString& text, QWidget* parent)
{
    QLabel* label = mutedLabel(text, parent);
    label->setWordWrap(true);
    return label;
}

} // namespace

DropArea::DropArea(QWidget* parent)
    : QFrame(parent)
{
    setMinimumHeight(128);
    auto* column = new QVBoxLayout(this);
    column->addStretch(1);
    auto* head = new QLabel(tr("Drop a model here"), this);
    head->setAlignment(Qt::AlignCenter);
    column->addWidget(head);
    QLabel* what = wrapped(tr("a folder, index.json, .safetensors, .gguf, a shard of a split,\n"
                            "an entry of the Hugging Face cache, or a .bitloupe project"),
        this);
    what->setAlignment(Qt::AlignCenter);
    column->addWidget(what);
    column->addStretch(1);
}

void DropArea::setActive(bool active)
{
    m_active = active;
    update();
}

void DropArea::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRectF area = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.fillRect(area, palette().color(QPalette::AlternateBase));
    QPen pen(palette().color(m_active ? QPalette::Highlight : QPalette::Mid), m_active ? 2 : 1);
    pen.setStyle(Qt::DashLine);
    painter.setPen(pen);
    painter.drawRect(area);
}

StartPage::StartPage(bool hasSample, QWidget* parent)
    : QWidget(parent)
{
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    auto* outer = new QGridLayout(this);
    outer->setContentsMargins(16, 48, 16, 16);
    auto* box = new QWidget(this);
    box->setMaximumWidth(1000);
    outer->setColumnStretch(0, 1);
    outer->setColumnStretch(1, 20);
    outer->setColumnStretch(2, 1);
    outer->addWidget(box, 0, 1);
    outer->setRowStretch(1, 1);
    auto* grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(32);
    grid->setVerticalSpacing(24);
    grid->addWidget(buildOpenPart(), 0, 0);
    auto* line = new QFrame(box);
    line->setFrameShape(QFrame::VLine);
    line->setForegroundRole(QPalette::Mid);
    grid->addWidget(line, 0, 1);
    grid->addWidget(buildSamplePart(hasSample), 0, 2, Qt::AlignTop);
    grid->addWidget(buildRecentPart(), 1, 0, 1, 3);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(2, 1);
    reloadRecent();
}

QWidget* StartPage::buildOpenPart()
{
    auto* part = new QWidget(this);
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(title(tr("Open a model"), part));
    column->addWidget(wrapped(tr("safetensors and GGUF, any size; the weights are only read"), part));
    auto* buttons = new QHBoxLayout;
    auto* file = new QPushButton(tr("&Open file..."), part);
    file->setDefault(true);
    auto* folder = new QPushButton(tr("Open &folder..."), part);
    buttons->addWidget(file);
    buttons->addWidget(folder);
    buttons->addStretch(1);
    column->addLayout(buttons);
    m_drop = new DropArea(part);
    column->addWidget(m_drop);
    connect(file, &QPushButton::clicked, this, &StartPage::openFileRequested);
    connect(folder, &QPushButton::clicked, this, &StartPage::openFolderRequested);
    return part;
}

QWidget* StartPage::buildSamplePart(bool hasSample)
{
    auto* part = new QWidget(this);
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(title(tr("Sample"), part));
    column->addWidget(wrapped(tr("A small model that is built in, to try everything at once"), part));
    auto* open = new QPushButton(tr("Open the &sample"), part);
    open->setObjectName(QStringLiteral("openSample"));
    open->setEnabled(hasSample);
    if (!hasSample)
        open->setToolTip(tr("The sample was not installed with the program."));
    auto* row = new QHBoxLayout;
    row->addWidget(open);
    row->addStretch(1);
    column->addLayout(row);
    column->addSpacing(8);
    column->addWidget(wrapped(tr("Nothing is sent anywhere. No calibration data is needed."), part));
    connect(open, &QPushButton::clicked, this, &StartPage::sampleRequested);
    return part;
}

QWidget* StartPage::buildRecentPart()
{
    auto* part = new QWidget(this);
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    auto* head = new QHBoxLayout;
    head->addWidget(title(tr("Recent models and projects"), part), 1);
    auto* filter = new QLineEdit(part);
    filter->setPlaceholderText(tr("Filter"));
    filter->setClearButtonEnabled(true);
    filter->setMaximumWidth(200);
    filter->setAccessibleName(tr("Filter what was opened recently"));
    head->addWidget(filter);
    column->addLayout(head);
    m_models = new RecentModelList(this);
    auto* proxy = new QSortFilterProxyModel(this);
    proxy->setSourceModel(m_models);
    proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    connect(filter, &QLineEdit::textChanged, proxy, &QSortFilterProxyModel::setFilterFixedString);
    m_recent = new QTreeView(part);
    m_recent->setObjectName(QStringLiteral("recentModels"));
    m_recent->setModel(proxy);
    m_recent->setRootIsDecorated(false);
    m_recent->setUniformRowHeights(true);
    m_recent->setMinimumHeight(180);
    m_recent->setAccessibleName(tr("Recent models and projects"));
    m_recent->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_recent->header()->setStretchLastSection(false);
    m_recent->setColumnWidth(RecentModelList::Kind, 80);
    m_recent->setColumnWidth(RecentModelList::Opened, 150);
    m_recent->setColumnWidth(RecentModelList::State, 160);
    m_recent->installEventFilter(this);
    column->addWidget(m_recent);
    QLabel* hint = wrapped(tr("Enter opens, Delete removes from the list"), part);
    hint->setAlignment(Qt::AlignRight);
    column->addWidget(hint);
    connect(m_recent, &QTreeView::activated, this, [this](const QModelIndex& index) {
        emit pathRequested(index.siblingAtColumn(0).data(RecentModelList::PathRole).toString());
    });
    return part;
}

void StartPage::reloadRecent() { m_models->setModels(recentModels()); }

bool StartPage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_recent && event->type() == QEvent::KeyPress
        && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Delete) {
        const QModelIndex index = m_recent->currentIndex();
        if (index.isValid()) {
            forgetRecent(index.siblingAtColumn(0).data(RecentModelList::PathRole).toString());
            reloadRecent();
        }
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace bitloupe::ui
