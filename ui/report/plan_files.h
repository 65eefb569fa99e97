// SPDX-License-Identifier: GPL-3.0-or-later
// The plan as files for others: table, report, model card. Written beside the window, whole or not
// at all.
#pragma once

#include "report/plan_report.h"
#include "ui/session.h"

#include <functional>

namespace bitloupe::ui {

class PlanFiles : public QObject {
    Q_OBJECT
public:
    explicit PlanFiles(const Session& session, QObject* parent = nullptr);

    bool possible() const; // there is a plan
    /// `decisions` in the order of the lines; comma or tab by the ending of the file's name.
    void saveTable(const QString& file, const QVector<int>& decisions);
    /// .md: a fragment for a model card; else a page for the browser.
    void saveReport(const QString& file);

signals:
    void saved(const QString& file);
    void failed(const bitloupe::Error& error);

private:
    using Text = std::function<std::string()>;
    void write(const QString& file, Text text);

    const Session& m_session;
    JobRunner m_writer;
};

/// The plan's rivals of the same size, as far as they are known.
std::vector<ReportRival> rivalsOf(const Planned& planned);

} // namespace bitloupe::ui
