// SPDX-License-Identifier: GPL-3.0-or-later
// Opens and saves projects for the window, and puts what one says into the session as soon as its
// model is there. Knows the file that the project has; no widgets.
#pragma once

#include "ui/compare/saved_plans.h"

#include <functional>

namespace bitloupe::ui {

/// Single-thread.
class ProjectKeeper : public QObject {
    Q_OBJECT
public:
    using View = std::map<std::string, std::string>;
    ProjectKeeper(Session& session, SavedPlans& saved, QObject* parent = nullptr);

    /// Reads a project; then `modelWanted`, or `modelMissing` when its model is not where it was.
    void open(const std::filesystem::path& file);
    /// Writes what is in force beside the window. `replace`: a person agreed to lose what is there.
    void save(const std::filesystem::path& file, const View& view, bool replace);
    /// Another model is opened by hand, or none: the project has no say any more.
    void forget();

    /// Something was done that no project file holds: to the plan, or to the list of saved ones.
    bool changed() const;

    /// Where the project is kept; empty: nowhere yet.
    const std::filesystem::path& file() const { return m_file; }
    /// What was read and waits for its model; null: nothing does.
    const Project* waiting() const { return m_waiting ? &*m_waiting : nullptr; }
    /// The model as the file says, from the project's own folder.
    std::filesystem::path modelPath() const;

signals:
    void modelWanted(const std::filesystem::path& path);
    void modelMissing(const QString& why);
    void viewWanted(const std::map<std::string, std::string>& view);
    void changedIs(bool changed);
    void applied(int missed); // so many wishes were for tensors that there are not
    void saved(const QString& file);
    void failed(const bitloupe::Error& error);

private:
    void read(Result<Project> project, const std::filesystem::path& file);
    void modelChanged();
    void historyIsClean(bool clean);
    void nothingChanged();
    void tellChanged();
    void giveUp(const std::string& why);
    /// What is in force but for plans, which take a while.
    Project present(const std::filesystem::path& file, const View& view) const;

    Session& m_session;
    SavedPlans& m_saved;
    std::filesystem::path m_file;
    std::optional<Project> m_waiting;
    std::shared_ptr<const Model> m_seen; // its digest was looked at
    std::shared_ptr<const Model> m_editedModel; // of the history's last step
    bool m_edited = false; // by steps that the history forgot, or in the list of saved plans
    int m_listEdits = 0; // changes of that list
    bool m_told = false; // what changedIs said last
    JobRunner m_reader;
    JobRunner m_writer; // of its own: no save is dropped for what is opened next
};

} // namespace bitloupe::ui
