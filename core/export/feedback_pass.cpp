// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/feedback_pass.h"

#include "job/parallel.h"
#include "probe/input_covariance.h"

#include <algorithm>
#include <map>

namespace bitloupe {
namespace {

constexpr std::size_t inputsAtOnce = 8;
constexpr std::uint64_t tokensPerColumn = 2; // an expert with fewer has no use for its H

// One matrix of a decision: its tiles are a run.
struct Matrix {
    std::uint32_t decision = 0;
    std::uint64_t slab = 0; // of the decision
    std::size_t tileBegin = 0, tileEnd = 0;
    bool feedback = false;
    std::string fallback;
};

// One input of a batch, on its way through factor and encoding.
struct Input {
    const InputCovariance* covariance = nullptr;
    std::shared_ptr<const RowFactors> factors;
    std::shared_ptr<const WantedRows> wanted;
    std::string obstacle; // why there are no factors
};

class FeedbackPass {
public:
    FeedbackPass(const EncodeInput& input, TileEncoder& encoder, const Job& job)
        : m_input(input)
        , m_encoder(encoder)
        , m_job(job)
        , m_done(encoder.tiles().size())
    {
        listMatrices();
    }

    Result<std::vector<DecisionSums>> run()
    {
        auto walk = walkCovariances(m_input.model, *m_input.selfText, true);
        if (walk) {
            if (auto walked = walkThrough(**walk); !walked)
                return walked.error();
        } else if (walk.error().code == Errc::unsupported) {
            m_unreached = walk.error().detail;
        } else {
            return walk.error();
        }
        if (auto rest = encodeRest(); !rest)
            return rest.error();
        return sums();
    }

private:
    using Key = std::pair<std::uint32_t, std::uint64_t>; // tensor, slab of it

    void listMatrices()
    {
        const auto tiles = m_encoder.tiles();
        for (std::size_t at = 0; at < tiles.size();) {
            const std::uint32_t d = tiles[at].decision;
            const Decision& decision = m_input.profile.decisions[d];
            Matrix matrix {d, tiles[at].rowBegin / decision.rows, at, at, false, {}};
            const std::uint64_t rowEnd = (matrix.slab + 1) * decision.rows;
            while (at < tiles.size() && tiles[at].decision == d && tiles[at].rowBegin < rowEnd)
                ++at;
            matrix.tileEnd = at;
            if (!m_encoder.takesFeedback(d))
                continue;
            const std::uint64_t perSource = decision.slabs / decision.sources.size();
            const TensorId source = decision.sources[matrix.slab / perSource];
            m_readers[{static_cast<std::uint32_t>(source.index()), matrix.slab % perSource}]
                .push_back(m_matrices.size());
            m_matrices.push_back(std::move(matrix));
        }
    }

    Result<void> walkThrough(CovarianceWalk& walk)
    {
        if (auto done = encodeEmbedding(walk); !done)
            return done;
        for (;;) {
            if (m_job.stopRequested())
                return Job::cancelled();
            auto group = walk.next(m_job);
            if (!group)
                return group.error();
            if (group->empty())
                return {};
            for (std::size_t at = 0; at < group->size(); at += inputsAtOnce) {
                const std::size_t count = std::min(inputsAtOnce, group->size() - at);
                if (auto done = encodeInputs(std::span(*group).subspan(at, count), walk); !done)
                    return done;
            }
        }
    }

    // First, so that all layers see what its rows have become. One that is the head as well takes
    // the head's second moments.
    Result<void> encodeEmbedding(CovarianceWalk& walk)
    {
        const std::vector<std::size_t>& matrices = readersOf({walk.embedding(), 0});
        if (matrices.size() != 1 || !walk.startsWithEmbedding())
            return {};
        Matrix& matrix = m_matrices[matrices.front()];
        const Decision& decision = m_input.profile.decisions[matrix.decision];
        if (!decision.cut.whole() || decision.slabs != 1
            || m_encoder.tiles()[matrix.tileBegin].columnCount != decision.columns)
            return {};
        std::vector<Input> inputs(1);
        Input& input = inputs.front();
        InputCovariance covariance;
        input.covariance = &covariance;
        input.obstacle = "a table that is looked up has no input";
        if (walk.isTied()) {
            auto found = walk.headCovariance(m_job);
            if (!found)
                return found.error();
            covariance = std::move(*found);
            input.obstacle.clear();
            if (auto made = makeFactors(inputs); !made)
                return made;
        }
        settle(matrix, input);
        std::vector<float> table(decision.rows * decision.columns);
        auto encoded = parallelFor(m_job, matrix.tileEnd - matrix.tileBegin,
            [&](std::size_t i) -> Result<void> {
                const std::size_t t = matrix.tileBegin + i;
                m_done[t] = true;
                std::vector<float> decoded;
                if (auto done = m_encoder.encode(
                        t, matrix.feedback ? input.factors.get() : nullptr, &decoded);
                    !done)
                    return done;
                std::ranges::copy(decoded, table.begin()
                        + static_cast<std::ptrdiff_t>(
                            m_encoder.tiles()[t].rowBegin * decision.columns));
                return {};
            });
        if (!encoded)
            return encoded;
        walk.replaceEmbedding(table);
        return {};
    }

    Result<void> encodeInputs(std::span<InputCovariance> covariances, CovarianceWalk& walk)
    {
        std::vector<Input> inputs(covariances.size());
        for (std::size_t i = 0; i < inputs.size(); ++i)
            inputs[i].covariance = &covariances[i];
        if (auto factored = makeFactors(inputs); !factored)
            return factored;
        for (std::size_t i = 0; i < inputs.size(); ++i)
            inputs[i].wanted = WantedRows::take(
                covariances[i], inputs[i].factors ? inputs[i].factors->common : nullptr);
        struct Item {
            std::size_t tile;
            const RowFactors* factors;
            const WantedRows* wanted;
        };
        std::vector<Item> items;
        for (const Input& input : inputs)
            for (const InputCovariance::Reader& reader : input.covariance->readers)
                for (const std::size_t m : readersOf(reader)) {
                    settle(m_matrices[m], input);
                    const Matrix& matrix = m_matrices[m];
                    for (std::size_t t = matrix.tileBegin; t < matrix.tileEnd; ++t)
                        if (!std::exchange(m_done[t], true))
                            items.push_back({t, matrix.feedback ? input.factors.get() : nullptr,
                                matrix.feedback ? input.wanted.get() : nullptr});
                }
        std::vector<std::vector<float>> decoded(items.size());
        auto encoded = parallelFor(m_job, items.size(), [&](std::size_t i) {
            return m_encoder.encode(items[i].tile, items[i].factors, &decoded[i], items[i].wanted);
        });
        if (!encoded)
            return encoded;
        std::map<std::size_t, const std::vector<float>*> byTile;
        for (std::size_t i = 0; i < items.size(); ++i)
            byTile[items[i].tile] = &decoded[i];
        for (const Input& input : inputs)
            for (const InputCovariance::Reader& reader : input.covariance->readers)
                replace(walk, reader, byTile);
        return {};
    }

    const std::vector<std::size_t>& readersOf(const InputCovariance::Reader& reader) const
    {
        static const std::vector<std::size_t> none;
        const auto found
            = m_readers.find({static_cast<std::uint32_t>(reader.tensor.index()), reader.slab});
        return found == m_readers.end() ? none : found->second;
    }

    // Side by side where there are enough of them, else the threads share the work of each.
    Result<void> makeFactors(std::span<Input> inputs) const
    {
        const bool sideBySide = inputs.size() >= m_job.threadCount();
        const RunTasks oneThread = [&](std::size_t count, const auto& work) {
            for (std::size_t i = 0; i < count && !m_job.stopRequested(); ++i)
                work(i);
            return !m_job.stopRequested();
        };
        Result<void> shared;
        const RunTasks allThreads = [&](std::size_t count, const auto& work) {
            shared = parallelFor(m_job, count, [&](std::size_t i) -> Result<void> {
                work(i);
                return {};
            });
            return shared.has_value();
        };
        if (sideBySide)
            return parallelFor(m_job, inputs.size(),
                [&](std::size_t i) { return makeFactor(inputs[i], oneThread); });
        for (Input& input : inputs)
            if (auto made = makeFactor(input, allThreads); !made)
                return shared ? made : shared;
        return {};
    }

    // Leaves an obstacle where there can be no factor. Errors: cancelled.
    Result<void> makeFactor(Input& input, const RunTasks& run) const
    {
        const InputCovariance& covariance = *input.covariance;
        const bool expert = !covariance.readers.empty() && isExpert(covariance.readers.front());
        if (expert && covariance.tokens < tokensPerColumn * covariance.columns) {
            input.obstacle = "self-text brought it " + std::to_string(covariance.tokens)
                + " tokens, expected " + std::to_string(tokensPerColumn * covariance.columns);
            return {};
        }
        auto factors = std::make_shared<RowFactors>();
        const auto made = [&](std::span<const float> mean) -> Result<void> {
            auto factor = FeedbackFactor::make(mean, covariance.columns, m_input.feedback, run);
            if (!factor)
                return factor.error();
            (factors->common ? factors->groups.emplace_back() : factors->common)
                = std::move(*factor);
            return {};
        };
        Result<void> done = made(covariance.mean);
        for (std::size_t g = 0; g < covariance.groupMeans.size() && done; ++g)
            done = made(covariance.groupMeans[g]);
        if (!done && done.error().code == Errc::cancelled)
            return done;
        factors->groupOfRow = covariance.groupOfRow;
        if (done)
            input.factors = std::move(factors);
        else
            input.obstacle = done.error().detail;
        return {};
    }

    bool isExpert(const InputCovariance::Reader& reader) const
    {
        const TensorRole role = m_input.model->tensor(reader.tensor).role;
        return role == TensorRole::expertGate || role == TensorRole::expertUp
            || role == TensorRole::expertGateUp || role == TensorRole::expertDown;
    }

    // Whether a matrix takes the factor. An embedding that is the head too takes the head's: its
    // use as a table changes little about what is best (codec/README.md).
    void settle(Matrix& matrix, const Input& input) const
    {
        const Decision& decision = m_input.profile.decisions[matrix.decision];
        const RowTile& first = m_encoder.tiles()[matrix.tileBegin];
        if (!input.factors)
            matrix.fallback = input.obstacle;
        else if (first.columnCount != decision.columns
            || input.covariance->columns != decision.columns)
            matrix.fallback = "its rows are parts of the input's";
        matrix.feedback = matrix.fallback.empty();
    }

    // Hands the decoded weights of one matrix of the model to the walk, if all its rows are there.
    void replace(CovarianceWalk& walk, const InputCovariance::Reader& reader,
        const std::map<std::size_t, const std::vector<float>*>& decoded) const
    {
        const std::vector<std::size_t>& matrices = readersOf(reader);
        if (matrices.empty())
            return;
        const Decision& first = m_input.profile.decisions[m_matrices[matrices.front()].decision];
        const std::uint64_t columns = first.columns;
        const std::uint64_t rows = first.rows * first.cut.rowParts;
        std::vector<float> weights(rows * columns);
        std::uint64_t covered = 0;
        for (const std::size_t m : matrices) {
            const Matrix& matrix = m_matrices[m];
            const Decision& decision = m_input.profile.decisions[matrix.decision];
            if (decision.cut.columnParts != 1)
                return;
            for (std::size_t t = matrix.tileBegin; t < matrix.tileEnd; ++t) {
                const auto found = decoded.find(t);
                const RowTile& tile = m_encoder.tiles()[t];
                if (found == decoded.end() || tile.columnCount != columns)
                    return;
                for (std::uint64_t r = 0; r < tile.rowCount; ++r) {
                    const std::uint64_t row = (tile.rowBegin + r) % decision.rows;
                    const std::uint64_t to = decision.cut.sourceRow(row);
                    std::copy_n(found->second->begin()
                            + static_cast<std::ptrdiff_t>(r * columns),
                        columns, weights.begin() + static_cast<std::ptrdiff_t>(to * columns));
                }
                covered += tile.rowCount;
            }
        }
        if (covered == rows)
            walk.replace(reader.tensor, reader.slab, std::move(weights));
    }

    Result<void> encodeRest()
    {
        std::vector<std::size_t> rest;
        for (std::size_t t = 0; t < m_done.size(); ++t)
            if (!m_done[t])
                rest.push_back(t);
        return parallelFor(m_job, rest.size(),
            [&](std::size_t i) { return m_encoder.encode(rest[i], nullptr); });
    }

    std::vector<DecisionSums> sums() const
    {
        std::vector<DecisionSums> sums = m_encoder.sums();
        std::map<std::uint32_t, std::vector<const Matrix*>> fallen;
        for (const Matrix& matrix : m_matrices)
            if (!matrix.feedback)
                fallen[matrix.decision].push_back(&matrix);
        for (std::size_t d = 0; d < sums.size(); ++d) {
            const auto index = static_cast<std::uint32_t>(d);
            const auto found = fallen.find(index);
            const bool possible = m_encoder.takesFeedback(index);
            sums[d].encoder = possible ? Encoder::feedback : Encoder::search;
            if (!possible && !m_encoder.isStored(index))
                sums[d].fallback = "its blocks are taken over as they are";
            if (found == fallen.end())
                continue;
            const Matrix& first = *found->second.front();
            const std::uint64_t slabs = m_input.profile.decisions[d].slabs;
            const std::string why = first.fallback.empty() ? unreached() : first.fallback;
            sums[d].encoder
                = 2 * found->second.size() > slabs ? Encoder::search : Encoder::feedback;
            sums[d].fallback = slabs == 1 ? why
                                          : std::to_string(found->second.size()) + " of "
                    + std::to_string(slabs) + " matrices: " + why;
        }
        return sums;
    }

    std::string unreached() const
    {
        return m_unreached.empty() ? "self-text does not pass through it" : m_unreached;
    }

    const EncodeInput& m_input;
    TileEncoder& m_encoder;
    const Job& m_job;
    std::vector<Matrix> m_matrices; // of decisions that take feedback
    std::map<Key, std::vector<std::size_t>> m_readers; // into m_matrices
    std::vector<std::uint8_t> m_done; // by tile
    std::string m_unreached;
};

} // namespace

Result<std::vector<DecisionSums>> encodeWithFeedback(
    const EncodeInput& input, TileEncoder& encoder, const Job& job)
{
    if (!input.selfText)
        return Error {Errc::badArgument, "feedback", "needs the model's self-text"};
    return FeedbackPass(input, encoder, job).run();
}

} // namespace bitloupe
