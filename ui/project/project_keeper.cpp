// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/project_keeper.h"

#include "base/output_directory.h"
#include "base/source_file.h"
#include "ui/qt_text.h"

#include <QTimer>

namespace bitloupe::ui {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t largestProject = std::uint64_t(256) << 20;

Result<Project> readProject(const fs::path& path)
{
    const auto text = readSmallFile(path, largestProject);
    if (!text)
        return text.error();
    auto project = projectFromJson(*text);
    if (!project && project.error().where.empty())
        return Error {project.error().code, path.string(), project.error().detail};
    return project;
}

// Relative when the model lies beside or below the project, so that both can move together. The last
// name is not followed: in the hub's cache it is a link to a file whose name tells nothing.
std::string pathFrom(const fs::path& project, const fs::path& model)
{
    std::error_code failed;
    const fs::path plain = fs::absolute(model, failed).lexically_normal();
    const fs::path whole =
        fs::weakly_canonical(plain.parent_path(), failed) / plain.filename();
    const fs::path folder = fs::weakly_canonical(fs::absolute(project, failed), failed).parent_path();
    const fs::path relative = whole.lexically_relative(folder);
    const bool below = !relative.empty() && *relative.begin() != "..";
    return (below ? relative : whole).string();
}

} // namespace

ProjectKeeper::ProjectKeeper(Session& session, SavedPlans& saved, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_saved(saved)
{
    // The session sets its own budget right after it says that there is a model.
    for (const auto signal : {&Session::modelChanged, &Session::targetsChanged})
        connect(&session, signal, this,
            [this] { QTimer::singleShot(0, this, &ProjectKeeper::modelChanged); });
    connect(&session.editor().history(), &QUndoStack::cleanChanged, this,
        &ProjectKeeper::historyIsClean);
    connect(&saved, &SavedPlans::changed, this, [this] {
        m_edited = m_session.model() != nullptr;
        ++m_listEdits;
        tellChanged();
    });
}

bool ProjectKeeper::changed() const
{
    return m_session.model() && !m_waiting
        && (m_edited || !m_session.editor().history().isClean());
}

// Another target forgets the history, but not what was wished for before.
void ProjectKeeper::historyIsClean(bool clean)
{
    const auto model = m_session.model();
    if (!clean)
        m_editedModel = model;
    else if (m_session.editor().history().count() == 0)
        m_edited = m_edited || (model && model == m_editedModel);
    tellChanged();
}

void ProjectKeeper::nothingChanged()
{
    m_edited = false;
    m_editedModel.reset();
    m_session.editor().history().setClean();
    tellChanged();
}

void ProjectKeeper::tellChanged()
{
    if (m_told != changed())
        emit changedIs(m_told = changed());
}

void ProjectKeeper::open(const fs::path& file)
{
    m_reader.start([file](const Job&) { return readProject(file); },
        [this, file](Result<Project> project) { read(std::move(project), file); });
}

void ProjectKeeper::read(Result<Project> project, const fs::path& file)
{
    if (!project) {
        emit failed(project.error());
        return;
    }
    m_session.close();
    m_seen.reset();
    m_file = file;
    m_waiting = *std::move(project);
    m_saved.setPlans(m_waiting->saved);
    if (const auto depth = findProbeDepth(m_waiting->probeDepth))
        m_session.setProbeDepth(*depth);
    std::error_code failed;
    const fs::path model = modelPath();
    if (fs::exists(model, failed))
        emit modelWanted(model);
    else
        emit modelMissing(tr("The model is not where it was: %1").arg(nameToQt(model.string(), 300)));
}

fs::path ProjectKeeper::modelPath() const
{
    return m_waiting ? m_file.parent_path() / fs::path(m_waiting->modelPath) : fs::path();
}

void ProjectKeeper::forget()
{
    m_reader.forget();
    m_waiting.reset();
    m_file.clear();
    m_saved.setPlans({});
    nothingChanged();
}

void ProjectKeeper::modelChanged()
{
    if (!m_waiting && m_session.state() == Session::State::empty)
        forget(); // closed by hand
    tellChanged();
    if (!m_waiting || !m_session.model() || !m_session.profile())
        return;
    const std::string& digest = m_session.analysis()->modelDigest;
    if (digest != m_waiting->modelDigest) {
        const QString why = tr("That is another model: found digest %1, expected %2")
                                .arg(toQt(digest.substr(0, 12)), toQt(m_waiting->modelDigest.substr(0, 12)));
        m_session.close();
        emit modelMissing(why);
        return;
    }
    const ProjectPlan& plan = m_waiting->current;
    if (m_session.target().id != plan.target) {
        const ExportTarget* target = findExportTarget(plan.target);
        if (!target) {
            giveUp("its target is unknown: " + plan.target);
            return;
        }
        for (const TargetOffer& offer : m_session.offers())
            if (offer.target == target && !offer.pending() && !offer.profile) {
                giveUp("its target " + plan.target
                    + " cannot be had: " + (offer.problem ? offer.problem->message() : ""));
                return;
            }
        m_session.setTarget(*target); // it may still be looked at; then this comes again
        return;
    }
    int missed = 0;
    m_session.editor().reset(
        plan.budget, wishesOf(plan, *m_session.profile(), &missed), plan.heldDamage);
    const View view = m_waiting->view;
    m_waiting.reset();
    nothingChanged();
    emit applied(missed);
    emit viewWanted(view);
}

// The model stays open; the plan in force is not the project's, so nothing may be saved over it.
void ProjectKeeper::giveUp(const std::string& why)
{
    const std::filesystem::path file = m_file;
    m_waiting.reset();
    m_file.clear();
    emit failed({Errc::badPlan, file.string(), why});
}

Project ProjectKeeper::present(const fs::path& file, const View& view) const
{
    const Model& model = *m_session.model();
    Project project;
    project.modelDigest = m_session.analysis()->modelDigest;
    project.modelName = model.name;
    project.modelPath = pathFrom(file, model.path);
    project.architecture = model.config.modelType;
    project.parameters = model.parameters();
    project.modelBytes = model.totalBytes();
    project.probeDepth = probeDepthName(m_session.probeDepth());
    project.view = view;
    return project;
}

void ProjectKeeper::save(const fs::path& file, const View& view, bool replace)
{
    if (!m_session.model())
        return;
    m_writer.enqueue(
        [file, replace, head = present(file, view), current = planSource(m_session),
            saved = m_saved.plans()](const Job&) {
            Project project = head;
            project.current = writtenPlan(current);
            for (const SavedPlan& one : saved)
                project.saved.push_back(*one);
            const std::string text = projectToJson(project);
            if (const auto read = projectFromJson(text); !read) // never what could not be opened
                return Result<void>(read.error());
            return writeFileAtomically(file, text, replace);
        },
        [this, file, model = m_session.model(), step = m_session.editor().history().index(),
            listEdits = m_listEdits](const Result<void>& written) {
            if (!written) {
                emit failed(written.error());
                return;
            }
            if (m_session.model() == model && !m_waiting) { // or another one is open by now
                m_file = file;
                if (m_session.editor().history().index() == step && m_listEdits == listEdits)
                    nothingChanged();
            }
            emit saved(pathToQt(file));
        });
}

} // namespace bitloupe::ui
