// SPDX-License-Identifier: GPL-3.0-or-later
// bench_measure MODEL [THREADS]: megabytes a second of each part of measuring, and peak memory.
#include "measure/measure.h"
#include "model/open.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <string>

using namespace bitloupe;

namespace {

// Peak resident anonymous memory cannot be told apart from the mapped file in VmHWM; RssAnon can,
// but only now: the sink asks for it whenever progress is told.
class MemorySink : public ProgressSink {
public:
    void progress(const Progress&) override
    {
        std::ifstream status("/proc/self/status");
        std::string word;
        while (status >> word) {
            if (word != "RssAnon:")
                continue;
            long kilobytes = 0;
            status >> kilobytes;
            m_peak = std::max(m_peak, kilobytes);
        }
    }
    long peakMegabytes() const { return m_peak / 1024; }

private:
    long m_peak = 0;
};

// Processor time tells the cost on a machine that others use too.
struct Cost {
    double wall = 0;
    double processor = 0;
    Cost operator-(const Cost& other) const
    {
        return {wall - other.wall, processor - other.processor};
    }
};

Cost costOf(std::shared_ptr<const Model> model, const MeasureOptions& options, const Job& job)
{
    const std::clock_t clockBegin = std::clock();
    const auto begin = std::chrono::steady_clock::now();
    const auto analysis = measureModel(model, options, job);
    if (!analysis) {
        std::cerr << analysis.error().message() << '\n';
        std::exit(1);
    }
    const double wall
        = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return {wall, static_cast<double>(std::clock() - clockBegin) / CLOCKS_PER_SEC};
}

void print(const char* part, const Cost& cost, double megabytes, unsigned threads)
{
    std::printf("%-30s %7.2f s %7.0f MB/s   processor %7.2f s, that is %7.0f MB/s with %u cores\n",
        part, cost.wall, megabytes / cost.wall, cost.processor,
        megabytes * threads / cost.processor, threads);
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::cerr << "usage: bench_measure MODEL [THREADS]\n";
        return 2;
    }
    MemorySink sink;
    Job job;
    job.sink = &sink;
    job.threads = argc > 2 ? static_cast<unsigned>(std::atoi(argv[2])) : 0;
    const auto model = openModel(argv[1], job);
    if (!model) {
        std::cerr << model.error().message() << '\n';
        return 1;
    }
    const double megabytes = static_cast<double>((*model)->totalBytes()) / 1e6;
    MeasureOptions factsOnly;
    factsOnly.spectrum = factsOnly.curves = false;
    costOf(*model, factsOnly, job); // brings the file into the page cache
    const Cost facts = costOf(*model, factsOnly, job);
    MeasureOptions firstPass;
    firstPass.spectrum = false;
    const Cost first = costOf(*model, firstPass, job);
    const Cost all = costOf(*model, {}, job);
    const unsigned threads = job.threadCount();
    print("facts and scores but svd", facts, megabytes, threads);
    print("curves (first pass less facts)", first - facts, megabytes, threads);
    print("first pass", first, megabytes, threads);
    print("svd (second pass)", all - first, megabytes, threads);
    print("everything", all, megabytes, threads);
    std::printf("%.0f MB, %u threads, peak memory beside the mapped file %ld MB\n", megabytes,
        job.threadCount(), sink.peakMegabytes());
    return 0;
}
