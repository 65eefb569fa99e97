// SPDX-License-Identifier: GPL-3.0-or-later
#include "codec/feedback_panel.h"

#include <algorithm>

namespace bitloupe {

FeedbackPanel::FeedbackPanel(const Codec& codec, DType scaleType, const FeedbackParts& parts)
    : m_parts(parts)
    , m_numbers(codec, scaleType)
    , m_block(m_numbers.blockSize())
    , m_unit(std::max(m_numbers.groupSize(), panelColumns))
    , m_perUnit(m_unit / m_numbers.groupSize())
    , m_values(parts.coupling.paddedSize() * feedbackRows)
    , m_codes(m_values.size())
    , m_errors(m_values.size())
    , m_feedback(m_block * feedbackRows)
    , m_ownCodes(m_unit * feedbackRows)
    , m_momentCodes(m_unit * feedbackRows)
    , m_member(m_unit)
    , m_biased(m_unit)
    , m_momentOnes(m_unit)
    , m_grids(parts.columns / m_numbers.groupSize())
    , m_gridOf(parts.coupling.paddedSize())
    , m_gridOfGroup(m_grids.size())
    , m_blockRows(m_block * feedbackRows)
    , m_blockWeights(m_block)
    , m_chosen(m_block / m_numbers.groupSize())
{
    placeGroups();
}

// Blocks and units stay whole in the order of places, groups below 32 columns need not.
void FeedbackPanel::placeGroups()
{
    for (std::size_t place = 0; place < m_parts.columns; ++place) {
        const std::size_t group = m_parts.order[place] / m_numbers.groupSize();
        m_gridOf[place] = static_cast<std::uint8_t>(group % m_perUnit);
        m_gridOfGroup[group] = place / m_unit * m_perUnit + m_gridOf[place];
    }
}

void FeedbackPanel::load(std::span<const float> rows)
{
    const std::size_t columns = m_parts.columns;
    m_rows = rows.size() / columns;
    for (std::size_t place = 0; place < columns; ++place) {
        const float* from = rows.data() + m_parts.order[place];
        float* to = at(m_values, place);
        for (std::size_t row = 0; row < m_rows; ++row)
            to[row] = from[row * columns];
        std::fill(to + m_rows, to + feedbackRows, 0.0f);
    }
}

void FeedbackPanel::encode()
{
    for (std::size_t block = 0; block < m_parts.columns / m_block; ++block)
        encodeBlock(block);
    for (int pass = 0; pass < m_parts.options.polish; ++pass) {
        for (std::size_t unit = 0; unit < m_parts.columns / m_unit; ++unit) {
            gradientOf(unit);
            for (std::size_t group = 0; m_parts.options.refit && group < m_perUnit; ++group)
                refitGroup(unit, group);
            polishUnit(unit);
        }
    }
}

FeedbackColumns FeedbackPanel::columnsAt(std::size_t place)
{
    return { at(m_values, place), at(m_codes, place), at(m_errors, place) };
}

ColumnGrids FeedbackPanel::gridsAt(std::size_t place) const
{
    return { m_grids.data() + place / m_unit * m_perUnit, m_gridOf.data() + place };
}

// From what the values have become by feedback, in the order of columns.
void FeedbackPanel::chooseBlock(std::size_t block)
{
    const std::size_t first = block * m_block;
    const std::size_t firstColumn = m_parts.order[first] / m_block * m_block;
    for (std::size_t j = 0; j < m_block; ++j) {
        const std::size_t column = m_parts.order[first + j] - firstColumn;
        const float* value = at(m_values, first + j);
        const float* moved = m_feedback.data() + j * feedbackRows;
        for (std::size_t row = 0; row < feedbackRows; ++row)
            m_blockRows[row * m_block + column] = value[row] + moved[row];
        m_blockWeights[column] = m_parts.gridWeights[first + j];
    }
    m_numbers.choose(m_blockRows.data(), m_blockWeights.data(), m_rows, m_chosen.data());
    for (std::size_t group = 0; group < m_chosen.size(); ++group)
        m_grids[m_gridOfGroup[firstColumn / m_numbers.groupSize() + group]] = m_chosen[group];
}

// What the errors of the columns [firstError, place) ask of the 32 columns from `place` on.
void FeedbackPanel::addFeedback(std::size_t firstError, std::size_t place, float* feedback) const
{
    const float* coupling = m_parts.coupling.panel(place / panelColumns);
    addTransposedProduct({ coupling + firstError * panelColumns, place - firstError, panelColumns,
                             panelColumns },
        m_errors.data() + firstError * feedbackRows, feedbackRows, feedback);
}

void FeedbackPanel::encodeBlock(std::size_t block)
{
    const std::size_t first = block * m_block;
    std::fill(m_feedback.begin(), m_feedback.end(), 0.0f);
    for (std::size_t j = 0; j < m_block; j += panelColumns) {
        const float* coupling = m_parts.coupling.panel((first + j) / panelColumns);
        addTransposedProduct({ coupling, first, panelColumns, panelColumns }, m_errors.data(),
            feedbackRows, at(m_feedback, j));
    }
    chooseBlock(block);
    for (std::size_t j = 0; j < m_block; j += panelColumns) {
        const std::size_t place = first + j;
        addFeedback(first, place, at(m_feedback, j));
        const float* coupling = m_parts.coupling.panel(place / panelColumns);
        roundWithFeedback(m_numbers.rule(), gridsAt(place), coupling + place * panelColumns,
            at(m_feedback, j), columnsAt(place));
    }
}

void FeedbackPanel::gradientOf(std::size_t unit)
{
    std::fill_n(m_feedback.begin(), m_unit * feedbackRows, 0.0f);
    for (std::size_t j = 0; j < m_unit; j += panelColumns) {
        const float* moments = m_parts.moments.panel((unit * m_unit + j) / panelColumns);
        addTransposedProduct({ moments, m_parts.columns, panelColumns, panelColumns },
            m_errors.data(), feedbackRows, at(m_feedback, j));
    }
}

void FeedbackPanel::refitGroup(std::size_t unit, std::size_t group)
{
    const std::size_t first = unit * m_unit;
    for (std::size_t j = 0; j < m_unit; ++j) {
        m_member[j] = m_gridOf[first + j] == group ? 1.0f : 0.0f;
        m_biased[j] = m_numbers.rule().hasBias ? m_member[j] : 0.0f;
        for (std::size_t row = 0; row < feedbackRows; ++row)
            at(m_ownCodes, j)[row] = m_member[j] * at(m_codes, first + j)[row];
    }
    std::fill(m_momentCodes.begin(), m_momentCodes.end(), 0.0f);
    for (std::size_t j = 0; j < m_unit; j += panelColumns) {
        const float* moments
            = m_parts.moments.panel((first + j) / panelColumns) + first * panelColumns;
        addTransposedProduct({ moments, m_unit, panelColumns, panelColumns }, m_ownCodes.data(),
            feedbackRows, at(m_momentCodes, j));
        std::fill_n(m_momentOnes.data() + j, panelColumns, 0.0f);
        for (std::size_t k = 0; k < m_unit; ++k) {
            for (std::size_t c = 0; c < panelColumns; ++c)
                m_momentOnes[j + c] += m_biased[k] * moments[k * panelColumns + c];
        }
    }
    refitGrid(m_numbers.rule(), m_grids[unit * m_perUnit + group],
        { m_unit, columnsAt(first), m_member.data(), m_biased.data(), m_momentCodes.data(),
            m_momentOnes.data(), m_feedback.data() });
}

void FeedbackPanel::polishUnit(std::size_t unit)
{
    std::array<float, panelColumns * feedbackRows> changes;
    for (std::size_t j = 0; j < m_unit; j += panelColumns) {
        const std::size_t place = unit * m_unit + j;
        const float* errors = at(m_errors, place);
        std::copy_n(errors, changes.size(), changes.begin());
        const float* moments = m_parts.moments.panel(place / panelColumns);
        polishCodes(m_numbers.rule(), gridsAt(place), moments + place * panelColumns,
            at(m_feedback, j), columnsAt(place));
        for (std::size_t i = 0; i < changes.size(); ++i)
            changes[i] = errors[i] - changes[i];
        for (std::size_t later = j + panelColumns; later < m_unit; later += panelColumns) {
            const float* block = m_parts.moments.panel((unit * m_unit + later) / panelColumns);
            addTransposedProduct({ block + place * panelColumns, panelColumns, panelColumns,
                                     panelColumns },
                changes.data(), feedbackRows, at(m_feedback, later));
        }
    }
}

FeedbackPanel::Sums FeedbackPanel::outputErrors() const { return outputErrors(m_errors); }

FeedbackPanel::Sums FeedbackPanel::outputErrorsOf(std::span<const float> decodedRows)
{
    const std::size_t columns = m_parts.columns;
    std::vector<float> errors(m_errors.size());
    for (std::size_t place = 0; place < columns; ++place) {
        const float* from = decodedRows.data() + m_parts.order[place];
        for (std::size_t row = 0; row < m_rows; ++row)
            at(errors, place)[row] = at(m_values, place)[row] - from[row * columns];
    }
    return outputErrors(errors);
}

// With the damped H = U D U^T its error is the D-weighted square of the row's error times U; what
// damping and shrinkage put on the diagonal is taken off again.
FeedbackPanel::Sums FeedbackPanel::outputErrors(const std::vector<float>& errors) const
{
    const double shrinkage = m_parts.options.shrinkage;
    Sums sums {};
    std::array<float, panelColumns * feedbackRows> product;
    for (std::size_t first = 0; first < m_parts.columns; first += panelColumns) {
        product.fill(0);
        const float* coupling = m_parts.coupling.panel(first / panelColumns);
        addTransposedProduct({ coupling, first + panelColumns, panelColumns, panelColumns },
            errors.data(), feedbackRows, product.data());
        for (std::size_t j = 0; j < panelColumns; ++j) {
            const double pivot = m_parts.pivots[first + j];
            const double added = m_parts.damping + shrinkage * m_parts.diagonal[first + j];
            for (std::size_t row = 0; row < feedbackRows; ++row) {
                const double moved = product[j * feedbackRows + row];
                const double error = errors[(first + j) * feedbackRows + row];
                sums[row] += pivot * moved * moved - added * error * error;
            }
        }
    }
    for (double& sum : sums)
        sum = std::max(sum, 0.0) * m_parts.unit / (1 - shrinkage);
    return sums;
}

double FeedbackPanel::squaredError(std::size_t row) const
{
    double sum = 0;
    for (std::size_t place = 0; place < m_parts.columns; ++place) {
        const double error = m_errors[place * feedbackRows + row];
        sum += error * error;
    }
    return sum;
}

void FeedbackPanel::write(std::size_t row, EncodedRow out) const
{
    std::vector<float> codes(m_parts.columns);
    for (std::size_t place = 0; place < m_parts.columns; ++place)
        codes[m_parts.order[place]] = m_codes[place * feedbackRows + row];
    std::vector<const FeedbackGrid*> grids;
    for (const std::size_t grid : m_gridOfGroup)
        grids.push_back(&m_grids[grid]);
    m_numbers.write(codes, grids, row, out);
}

namespace {

EncodedRow rowsOf(const EncodedRow& out, const RowLayout& layout, std::size_t first, std::size_t n)
{
    return { out.codes.subspan(first * layout.codes, n * layout.codes),
        out.scales.subspan(first * layout.scales, n * layout.scales),
        out.biases.subspan(first * layout.biases, n * layout.biases) };
}

// Encodes up to 32 rows.
RowError encodeSome(const Codec& codec, DType scaleType, const FeedbackParts& parts,
    FeedbackPanel& panel, std::span<const float> rows, const RowLayout& layout, EncodedRow out)
{
    const std::size_t columns = parts.columns;
    const std::size_t count = rows.size() / columns;
    std::vector<float> plain(rows.size());
    std::array<double, feedbackRows> plainSquared;
    for (std::size_t row = 0; row < count; ++row) {
        const EncodedRow to = rowsOf(out, layout, row, 1);
        const auto values = rows.subspan(row * columns, columns);
        plainSquared[row]
            = encodeRow(codec, scaleType, Encoder::search, values, parts.searchWeights, to).squared;
        decodeRow(codec, scaleType, { to.codes, to.scales, to.biases }, Decode::exact,
            std::span(plain).subspan(row * columns, columns));
    }
    panel.load(rows);
    const auto plainErrors = panel.outputErrorsOf(plain);
    panel.encode();
    const auto errors = panel.outputErrors();
    RowError sum;
    for (std::size_t row = 0; row < count; ++row) {
        const bool better = errors[row] < plainErrors[row];
        if (better)
            panel.write(row, rowsOf(out, layout, row, 1));
        sum.squared += better ? panel.squaredError(row) : plainSquared[row];
        sum.weighted += better ? errors[row] : plainErrors[row];
    }
    return sum;
}

} // namespace

RowError encodeRowsWithFeedback(const Codec& codec, DType scaleType, const FeedbackFactor& factor,
    std::span<const float> rows, EncodedRow out)
{
    const FeedbackParts& parts = factor.parts();
    const auto layout = rowLayout(codec, parts.columns, scaleType);
    if (codec.family == CodecFamily::stored || !layout)
        return encodeRow(codec, scaleType, Encoder::search, rows, {}, out);
    FeedbackPanel panel(codec, scaleType, parts);
    const std::size_t count = rows.size() / parts.columns;
    RowError sum;
    for (std::size_t first = 0; first < count; first += feedbackRows) {
        const std::size_t some = std::min(feedbackRows, count - first);
        const RowError error = encodeSome(codec, scaleType, parts, panel,
            rows.subspan(first * parts.columns, some * parts.columns), *layout,
            rowsOf(out, *layout, first, some));
        sum.squared += error.squared;
        sum.weighted += error.weighted;
    }
    return sum;
}

} // namespace bitloupe
