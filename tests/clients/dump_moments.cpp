// SPDX-License-Identifier: GPL-3.0-or-later
// Writes what the probe finds, and the panel and labels that it drew, for a reference to compute
// the same: dump_moments MODEL FOLDER forward|full [THREADS]. FOLDER gets moments.json, an index
// into the floats of moments.bin. Prints the time the probe took.
#include "model/open.h"
#include "probe/probe_run.h"
#include "probe/probe.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace bitloupe;

namespace {

int failed(const std::string& sentence)
{
    std::fprintf(stderr, "%s\n", sentence.c_str());
    return 1;
}

class Dump {
public:
    explicit Dump(const std::filesystem::path& folder)
        : m_folder(folder)
        , m_floats(folder / "moments.bin", std::ios::binary)
    {
    }

    void add(const TensorInfo& tensor, const TensorMoments& moments)
    {
        nlohmann::json& entry = m_tensors[tensor.name];
        entry["tier"] = probeTierName(moments.tier);
        entry["note"] = moments.note;
        entry["input"] = put(moments.input);
        entry["gradient"] = put(moments.gradient);
        entry["row_use"] = put(moments.rowUse);
        entry["column_gradient"] = put(moments.columnGradient);
    }

    void finish(const ProbeRun& run)
    {
        nlohmann::json document;
        document["tier"] = probeTierName(run.moments.tier);
        document["length"] = run.panel.length;
        document["ids"] = run.panel.ids;
        document["labels"] = run.labels;
        document["tensors"] = std::move(m_tensors);
        std::ofstream(m_folder / "moments.json") << document.dump(1);
    }

private:
    nlohmann::json put(const std::vector<float>& values)
    {
        m_floats.write(reinterpret_cast<const char*>(values.data()),
            static_cast<std::streamsize>(values.size() * sizeof(float)));
        const std::size_t begin = m_written;
        m_written += values.size();
        return {begin, values.size()};
    }

    std::filesystem::path m_folder;
    std::ofstream m_floats;
    std::size_t m_written = 0;
    nlohmann::json m_tensors;
};

} // namespace

int main(int count, char** arguments)
{
    const auto tier = count >= 4 ? findProbeTier(arguments[3]) : std::nullopt;
    if (!tier)
        return failed("usage: dump_moments MODEL FOLDER forward|full [THREADS]");
    Job job;
    job.threads = count >= 5 ? static_cast<unsigned>(std::atoi(arguments[4])) : 0;
    const auto model = openModel(arguments[1], job);
    if (!model)
        return failed(model.error().message());
    const Architecture architecture = describeArchitecture(**model);
    if (architecture.tier < *tier)
        return failed("no such tier: " + architecture.reason);
    const auto begin = std::chrono::steady_clock::now();
    const auto run
        = runProbe(*model, architecture, *tier, drawPanel(architecture.vocabulary), job);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    if (!run)
        return failed(run.error().message());
    std::filesystem::create_directories(arguments[2]);
    Dump dump(arguments[2]);
    for (std::size_t i = 0; i < run->moments.tensors.size(); ++i)
        dump.add((*model)->tensors[i], run->moments.tensors[i]);
    dump.finish(*run);
    std::printf("%s in %.3f s\n", arguments[3], took.count());
    return 0;
}
