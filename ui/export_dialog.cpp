// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export_dialog.h"

#include "report/score_cache.h"
#include "ui/core_words.h"
#include "ui/encoder_choice.h"
#include "ui/error_bar.h"
#include "ui/export_command.h"
#include "ui/export_progress.h"
#include "ui/export_result.h"
#include "ui/muted_label.h"
#include "ui/qt_text.h"
#include "ui/recipe_buttons.h"
#include "ui/split_choice.h"
#include "ui/stale_partials_bar.h"

#include <QComboBox>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QFontDatabase>
#include <QFormLayout>
#include <QGuiApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QScreen>
#include <QSettings>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace bitloupe::ui {
namespace {

QFrame* line(QWidget* parent)
{
    auto* frame = new QFrame(parent);
    frame->setFrameShape(QFrame::HLine);
    frame->setForegroundRole(QPalette::Mid);
    return frame;
}

QString lastFolder()
{
    return QSettings().value(QStringLiteral("export/folder"), QDir::homePath()).toString();
}

} // namespace

ExportDialog::ExportDialog(const Session& session, QWidget* parent)
    : QDialog(parent)
    , m_model(session.model())
    , m_profile(session.profile())
    , m_planned(session.planned())
    , m_moments(session.analysis()->moments)
    , m_ownTier(session.ownTier())
    , m_imatrix(session.imatrix())
    , m_cache(session.cacheDirectory())
    , m_requantize(session.requantizing())
{
    setWindowTitle(tr("Export"));
    setModal(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(12);
    buildForm(column, session);
    column->addWidget(line(this));
    m_left = new StalePartialsBar(this);
    column->addWidget(m_left);
    m_error = new ErrorBar(this);
    column->addWidget(m_error);
    m_progress = new ExportProgress(this);
    m_progress->hide();
    column->addWidget(m_progress);
    m_result = new ExportResult(this);
    m_result->hide();
    column->addWidget(m_result, 1);
    column->addStretch(1);
    buildButtons(column);
    setMinimumWidth(720);
    setDestination(lastFolder(), exportName(*m_model, *m_profile, *m_planned->plan));
    connect(&m_runner, &JobRunner::progressed, m_progress, &ExportProgress::showPhase);
}

void ExportDialog::buildEncoders(QFormLayout* form, const Session& session)
{
    const QVector<EncoderChoice> choices = encoderChoices(session);
    m_encoder = new QComboBox(this);
    fillEncoders(*m_encoder, choices, defaultEncoder(session));
    QLabel* tip = mutedLabel({}, this);
    auto* row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(m_encoder);
    row->addWidget(tip, 1);
    tip->setWordWrap(true);
    auto* label = new QLabel(tr("&Encoder"), this);
    label->setBuddy(m_encoder);
    form->addRow(label, row);
    const auto explain = [this, tip, choices] {
        tip->setText(choices[m_encoder->currentIndex()].tip);
        if (m_command)
            updateSummary();
    };
    explain();
    connect(m_encoder, &QComboBox::currentIndexChanged, this, explain);
}

Encoder ExportDialog::encoder() const
{
    return static_cast<Encoder>(m_encoder->currentData().toInt());
}

void ExportDialog::setEncoder(Encoder encoder)
{
    m_encoder->setCurrentIndex(m_encoder->findData(static_cast<int>(encoder)));
}

void ExportDialog::buildForm(QVBoxLayout* column, const Session& session)
{
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(24);
    const ExportTarget* target = findExportTarget(m_planned->plan->targetId);
    auto* name = new QLabel(target ? toQt(target->title) : QString(), this);
    auto* clients = mutedLabel(target ? translated(target->clients) : QString(), this);
    auto* targets = new QHBoxLayout;
    targets->setSpacing(12);
    targets->addWidget(name);
    targets->addWidget(clients, 1);
    form->addRow(tr("Target"), targets);
    m_folder = new QLineEdit(this);
    m_folder->setAccessibleName(tr("Folder"));
    m_browse = new QPushButton(tr("&Browse..."), this);
    auto* folders = new QHBoxLayout;
    folders->setSpacing(8);
    folders->addWidget(m_folder, 1);
    folders->addWidget(m_browse);
    auto* folderLabel = new QLabel(tr("&Folder"), this);
    folderLabel->setBuddy(m_folder);
    form->addRow(folderLabel, folders);
    m_name = new QLineEdit(this);
    form->addRow(tr("&Name"), m_name);
    buildEncoders(form, session);
    buildFileOptions(form, target && !target->isFolder);
    m_summary = mutedLabel({}, this);
    m_summary->setWordWrap(true);
    form->addRow(QString(), m_summary);
    m_command = new QLineEdit(this);
    m_command->setReadOnly(true);
    m_command->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_command->setAccessibleName(tr("Command that does the same"));
    auto* copy = new QPushButton(tr("&Copy"), this);
    auto* commands = new QHBoxLayout;
    commands->setSpacing(8);
    commands->addWidget(m_command, 1);
    commands->addWidget(copy);
    form->addRow(tr("Command"), commands);
    column->addLayout(form);
    connect(m_folder, &QLineEdit::textChanged, this, &ExportDialog::updateSummary);
    connect(m_name, &QLineEdit::textChanged, this, &ExportDialog::updateSummary);
    // Not with every letter: it lists the folder.
    const auto look = [this] {
        m_left->lookBeside(toPath(destination()));
        growToContents();
    };
    connect(m_folder, &QLineEdit::editingFinished, this, look);
    connect(m_name, &QLineEdit::editingFinished, this, look);
    connect(copy, &QPushButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(m_command->text()); });
    connect(m_browse, &QPushButton::clicked, this, [this] {
        const QString chosen
            = QFileDialog::getExistingDirectory(this, tr("Folder for the export"), m_folder->text());
        if (!chosen.isEmpty())
            m_folder->setText(chosen);
    });
}

// Folders have files of the size that their client wants, and nobody else's quantizer.
void ExportDialog::buildFileOptions(QFormLayout* form, bool isFile)
{
    if (!isFile)
        return;
    m_split = new SplitChoice(m_model, m_profile, m_planned, m_requantize, this);
    form->addRow(tr("Split"), m_split);
    m_recipes = new RecipeButtons(this);
    form->addRow(tr("Recipe"), m_recipes);
    connect(m_split, &SplitChoice::changed, this, &ExportDialog::splitChanged);
    connect(m_recipes, &RecipeButtons::failed, this,
        [this](const Error& error) { m_error->showError(error); });
}

void ExportDialog::setSplitBytes(std::uint64_t bytes)
{
    if (m_split)
        m_split->setSplitBytes(bytes);
}

void ExportDialog::splitChanged()
{
    m_profile = m_split->profile();
    m_planned = m_split->planned();
    updateSummary();
}

void ExportDialog::buildButtons(QVBoxLayout* column)
{
    column->addWidget(line(this));
    auto* row = new QHBoxLayout;
    m_showFolder = new QPushButton(tr("&Show in folder"), this);
    m_showFolder->hide();
    m_export = new QPushButton(tr("E&xport"), this);
    m_export->setDefault(true);
    m_close = new QPushButton(tr("Close"), this);
    row->addWidget(m_showFolder);
    row->addStretch(1);
    row->addWidget(m_export);
    row->addWidget(m_close);
    column->addLayout(row);
    connect(m_export, &QPushButton::clicked, this, &ExportDialog::start);
    connect(m_close, &QPushButton::clicked, this, &ExportDialog::reject);
    connect(m_showFolder, &QPushButton::clicked, this, &ExportDialog::showInFolder);
}

void ExportDialog::setDestination(const QString& folder, const QString& name)
{
    m_folder->setText(folder);
    m_name->setText(name);
    updateSummary();
    m_left->lookBeside(toPath(destination()));
}

QString ExportDialog::destination() const
{
    QString folder = m_folder->text().trimmed();
    if (folder == QLatin1String("~") || folder.startsWith(QLatin1String("~/")))
        folder.replace(0, 1, QDir::homePath());
    return QDir(folder).filePath(m_name->text().trimmed());
}

QString ExportDialog::command() const { return m_command->text(); }

QString ExportDialog::problemOfName() const
{
    const QString name = m_name->text().trimmed();
    if (m_split && (!name.endsWith(QLatin1String(".gguf")) || name.size() < 6))
        return tr("The name must end in .gguf.");
    if (name.isEmpty() || name.contains(QLatin1Char('/')) || name == QLatin1String(".")
        || name == QLatin1String(".."))
        return tr("The name must be that of one new folder.");
    if (!QFileInfo(QFileInfo(destination()).path()).isDir())
        return tr("There is no such folder.");
    if (QFileInfo(destination()).isSymLink() || QFileInfo::exists(destination()))
        return tr("This already exists; nothing is ever overwritten.");
    return {};
}

void ExportDialog::updateSummary()
{
    if (m_recipes)
        m_recipes->setPlan(m_profile, m_planned, destination());
    m_export->setEnabled(false);
    if (!isPlanned()) {
        m_summary->setText(tr("There is no plan for this split."));
        m_command->clear();
        return;
    }
    const Plan& plan = *m_planned->plan;
    const QString problem = problemOfName();
    QString text = tr("%1 bytes, %2 bpw, predicted damage %3.")
                       .arg(countToQt(plan.fileBytes), QLocale().toString(plan.bitsPerWeight, 'f', 2),
                           scoreToQt(plan.damage));
    text += QLatin1Char(' ')
        + (problem.isEmpty() ? tr("All constraints of the target are met.") : problem);
    for (const std::string& note : m_profile->notes)
        text += QLatin1Char(' ') + translated(note) + QLatin1Char('.');
    m_summary->setText(text);
    m_export->setEnabled(problem.isEmpty() && !m_runner.running() && !m_report);
    ExportHow how {destination(), encoder(), m_ownTier};
    how.imatrix = m_imatrix ? pathToQt(*m_imatrix) : QString();
    how.splitBytes = m_split ? m_split->splitBytes() : 0;
    how.requantize = m_requantize;
    m_command->setText(exportCommand(*m_model, *m_profile, plan, how));
    m_command->setCursorPosition(0);
}

void ExportDialog::setFormEnabled(bool enabled)
{
    for (QWidget* one : {static_cast<QWidget*>(m_folder), static_cast<QWidget*>(m_name),
             static_cast<QWidget*>(m_browse), static_cast<QWidget*>(m_encoder),
             static_cast<QWidget*>(m_split)})
        if (one)
            one->setEnabled(enabled);
}

void ExportDialog::start()
{
    if (!m_export->isEnabled())
        return;
    QSettings().setValue(QStringLiteral("export/folder"), m_folder->text());
    m_error->hide();
    m_left->hide();
    emit started();
    m_progress->begin();
    setFormEnabled(false);
    m_export->setEnabled(false);
    m_close->setText(tr("Cancel"));
    m_close->setFocus(); // what had it is off now
    m_command->setCursorPosition(0); // losing the focus may have moved it
    growToContents(); // or the phases would take their room from the lines above
    ExportOptions options;
    options.encoder = encoder();
    options.moments = m_moments;
    m_runner.start(
        [options, model = m_model, profile = m_profile, planned = m_planned, cache = m_cache,
            path = toPath(destination())](const Job& job) -> Result<ExportReport> {
            ExportOptions how = options;
            if (how.encoder == Encoder::feedback) {
                auto kept = selfTextThroughCache(model, how.selfTextOptions, cache, job);
                if (!kept)
                    return kept.error();
                how.selfText = std::move(kept->text);
            }
            return exportModel(model, *profile, *planned->evidence, *planned->plan, path, how, job);
        },
        [this](Result<ExportReport> result) { finish(std::move(result)); });
}

void ExportDialog::finish(Result<ExportReport> result)
{
    m_close->setText(tr("Close"));
    if (result) {
        m_report = std::move(*result);
        showReport();
    } else {
        m_progress->hide();
        setFormEnabled(true);
        if (result.error().code != Errc::cancelled)
            m_error->showError(result.error());
        updateSummary();
    }
    emit exported(m_report.has_value());
}

void ExportDialog::showReport()
{
    m_progress->end(verificationSentence(*m_report), m_report->outsideBound == 0);
    m_result->show(*m_report, *m_planned);
    m_showFolder->show();
    m_export->hide();
    m_close->setDefault(true);
    adjustSize();
    growToContents();
}

void ExportDialog::growToContents()
{
    layout()->activate();
    resize(width(), std::max(height(), layout()->totalHeightForWidth(width())));
    // It grew downwards; its buttons are to stay on the screen.
    const int below = frameGeometry().bottom() - screen()->availableGeometry().bottom();
    if (below > 0)
        move(x(), std::max(y() - below, screen()->availableGeometry().top()));
}

void ExportDialog::showInFolder()
{
    const QFileInfo made(pathToQt(m_report->path));
    QDesktopServices::openUrl(
        QUrl::fromLocalFile(made.isDir() ? made.filePath() : made.path()));
}

void ExportDialog::abandon()
{
    m_runner.forget();
    hide();
}

void ExportDialog::reject()
{
    if (m_runner.running())
        m_runner.stop(); // its end is shown when it has left nothing behind
    else
        QDialog::reject();
}

} // namespace bitloupe::ui
