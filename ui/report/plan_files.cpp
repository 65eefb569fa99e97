// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/plan_files.h"

#include "report/plan_table.h"
#include "ui/qt_text.h"
#include "ui/rivals_table.h"

#include <QSaveFile>

namespace bitloupe::ui {
namespace {

Result<QString> writeWhole(const QString& name, const std::string& text)
{
    QSaveFile file(name);
    const auto size = static_cast<qint64>(text.size());
    if (!file.open(QIODevice::WriteOnly) || file.write(text.data(), size) != size || !file.commit())
        return Error {Errc::ioWrite, name.toStdString(), file.errorString().toStdString()};
    return name;
}

} // namespace

std::vector<ReportRival> rivalsOf(const Planned& planned)
{
    std::vector<ReportRival> rivals;
    const auto add = [&rivals](const std::optional<PlanPoint>& point, const std::string& title) {
        if (point)
            rivals.push_back({title, point->fileBytes, point->bitsPerWeight, point->damage});
    };
    if (planned.uniform && planned.uniform->name.empty())
        add(planned.uniform, "uniform, " + std::to_string(planned.uniform->bits) + " bits");
    else if (planned.uniform)
        add(planned.uniform, "uniform, " + planned.uniform->name);
    add(planned.mint, "MINT");
    add(planned.swan, "SWAN");
    if (const PlanPoint* mix = nearestMix(planned))
        add(*mix, "llama-quantize, " + mix->name);
    return rivals;
}

PlanFiles::PlanFiles(const Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
{
}

bool PlanFiles::possible() const
{
    return m_session.model() && m_session.planned() && m_session.planned()->plan;
}

// What it says is taken now; making and writing it take as long as they take.
void PlanFiles::write(const QString& file, Text text)
{
    m_writer.enqueue(
        [file, text = std::move(text)](const Job&) { return writeWhole(file, text()); },
        [this](const Result<QString>& written) {
            if (written)
                emit saved(*written);
            else
                emit failed(written.error());
        });
}

void PlanFiles::saveTable(const QString& file, const QVector<int>& decisions)
{
    if (!possible())
        return;
    const TableFormat format = file.endsWith(QLatin1String(".tsv"), Qt::CaseInsensitive)
        ? TableFormat::tsv
        : TableFormat::csv;
    write(file,
        [model = m_session.model(), profile = m_session.profile(), planned = m_session.planned(),
            lines = std::vector<std::uint32_t>(decisions.begin(), decisions.end()), format] {
            return planTable(*model, *profile, *planned->evidence, *planned->plan, lines, format);
        });
}

void PlanFiles::saveReport(const QString& file)
{
    if (!possible())
        return;
    const bool card = file.endsWith(QLatin1String(".md"), Qt::CaseInsensitive);
    write(file,
        [model = m_session.model(), profile = m_session.profile(), planned = m_session.planned(), card] {
            const ReportSubject subject {
                *model, *profile, *planned->evidence, *planned->plan, rivalsOf(*planned)};
            return card ? modelCardFragment(subject) : planReportHtml(subject);
        });
}

} // namespace bitloupe::ui
