// SPDX-License-Identifier: GPL-3.0-or-later
// What the comparing page does with selections and files.
#include "ui/compare/compare_page.h"

#include "base/output_directory.h"
#include "ui/model_dialog.h"
#include "ui/qt_text.h"
#include "ui/views/heatmap_view.h"

#include <QFileDialog>
#include <QItemSelectionModel>
#include <QTreeView>

#include <algorithm>

namespace bitloupe::ui {

void ComparePage::select(const QVector<int>& decisions, int current)
{
    m_selecting = true;
    m_selected = decisions;
    m_view->select(decisions, current);
    QVector<int> rows;
    for (const int decision : decisions)
        if (const QModelIndex row = m_proxy->mapFromSource(m_model->index(decision, 0)); row.isValid())
            rows.append(row.row());
    std::sort(rows.begin(), rows.end());
    QItemSelection runs; // a range for each of many rows would take long
    for (qsizetype begin = 0, end = 0; begin < rows.size(); begin = end) {
        for (end = begin + 1; end < rows.size() && rows[end] == rows[end - 1] + 1; ++end) { }
        runs.select(m_proxy->index(rows[begin], 0), m_proxy->index(rows[end - 1], 0));
    }
    m_table->selectionModel()->select(
        runs, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    if (current >= 0)
        m_table->scrollTo(m_proxy->mapFromSource(m_model->index(current, 0)));
    m_selecting = false;
}

void ComparePage::take(bool sideA)
{
    if (!m_pair || m_shownA != m_keyA || m_shownB != m_keyB)
        return;
    const std::vector<ComparedCell>& cells = (sideA ? m_pair->a : m_pair->b).side.cells;
    QMap<int, CodecId> pins;
    int unable = 0;
    for (const int decision : qAsConst(m_selected)) {
        const auto d = static_cast<std::size_t>(decision);
        const Decision& of = m_pair->profile->decisions[d];
        if (of.options.size() < 2)
            continue;
        const Codec* wanted = findCodec(cells[d].codec);
        if (wanted && optionIndex(of, wanted->id) < of.options.size())
            pins.insert(decision, wanted->id);
        else
            ++unable;
    }
    if (!pins.isEmpty())
        m_session.editor().pin(pins, tr("take from %1").arg(sideA ? m_pair->a.title : m_pair->b.title));
    if (m_selected.isEmpty())
        emit message(tr("Select cells or rows first."));
    else if (unable > 0)
        emit message(tr("%n of the selected tensors cannot take over what is there.", nullptr, unable));
}

void ComparePage::saveTableTo(const QString& file)
{
    if (!m_pair)
        return;
    const TableFormat format = file.endsWith(QLatin1String(".tsv"), Qt::CaseInsensitive)
        ? TableFormat::tsv
        : TableFormat::csv;
    m_writer.enqueue(
        [file, format, pair = m_pair, rows = m_proxy->decisions()](const Job&) {
            std::vector<double> changes;
            for (std::size_t d = 0; d < pair->a.side.cells.size(); ++d)
                changes.push_back(pair->change(d));
            // The dialog asked before an existing file was chosen.
            return writeFileAtomically(toPath(file),
                comparisonTable(
                    *pair->profile, pair->a.side, pair->b.side, changes, rows, format),
                true);
        },
        [this, file](const Result<void>& written) {
            if (written)
                emit message(tr("Written: %1").arg(file));
            else
                emit failed(written.error());
        });
}

void ComparePage::saveTable()
{
    if (!m_pair)
        return;
    const QString file = QFileDialog::getSaveFileName(this, tr("Save the table of differences"),
        QStringLiteral("comparison.csv"), tr("Comma-separated (*.csv);;Tab-separated (*.tsv)"));
    if (!file.isEmpty())
        saveTableTo(file);
}

void ComparePage::chooseModel(bool folder)
{
    const std::filesystem::path path = folder
        ? askForModel(this, ModelKind::folder, tr("A model's folder to compare with"))
        : askForModel(this, ModelKind::file, tr("A model to compare with"));
    if (!path.empty())
        m_sides->addModel(path);
}

} // namespace bitloupe::ui
