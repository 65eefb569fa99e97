// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/file_layout.h"

#include <QtTest>

using namespace bitloupe;

namespace {

TargetProfile profileOf(std::initializer_list<std::uint64_t> dataBytes)
{
    TargetProfile profile;
    profile.size = {.shardLimitBytes = 100, .shardHeaderBytes = 10, .headerAlignment = 8};
    for (const std::uint64_t bytes : dataBytes) {
        Decision decision;
        decision.options = {{CodecId {}, 7, bytes}, {CodecId {}, 5, 2 * bytes}};
        profile.decisions.push_back(decision);
    }
    return profile;
}

FileLayout layoutOf(const TargetProfile& profile, std::uint16_t option)
{
    return layoutFiles(profile, std::vector<std::uint16_t>(profile.decisions.size(), option));
}

} // namespace

class FileLayoutTest : public QObject {
    Q_OBJECT
private slots:
    void fills_a_shard_up_to_the_limit_exactly()
    {
        const FileLayout layout = layoutOf(profileOf({60, 40, 1}), 0);
        QCOMPARE(layout.shards.size(), std::size_t(2));
        QCOMPARE(layout.shards[0].dataBytes, std::uint64_t(100));
        QCOMPARE(layout.shards[0].decisionCount, std::uint32_t(2));
        QCOMPARE(layout.shards[1].firstDecision, std::uint32_t(2));
        QCOMPARE(layout.shards[1].dataBytes, std::uint64_t(1));
    }

    void a_decision_over_the_limit_is_alone()
    {
        const FileLayout layout = layoutOf(profileOf({10, 500, 10, 10}), 0);
        QCOMPARE(layout.shards.size(), std::size_t(3));
        QCOMPARE(layout.shards[1].decisionCount, std::uint32_t(1));
        QCOMPARE(layout.shards[1].dataBytes, std::uint64_t(500));
        QCOMPARE(layout.shards[2].decisionCount, std::uint32_t(2));
    }

    void header_is_fixed_part_plus_entries_rounded_up()
    {
        const FileLayout layout = layoutOf(profileOf({10, 20}), 0);
        QCOMPARE(layout.shards.size(), std::size_t(1));
        QCOMPARE(layout.shards[0].headerBytes, std::uint64_t(24)); // 10 + 7 + 7
        QCOMPARE(layout.fileBytes, std::uint64_t(54));
        QCOMPARE(layoutOf(profileOf({10, 20}), 1).shards[0].headerBytes, std::uint64_t(24)); // 20
    }

    void sums_are_those_of_the_shards()
    {
        const FileLayout layout = layoutOf(profileOf({30, 90, 45, 55, 1}), 1);
        std::uint64_t data = 0, file = 0;
        for (const ShardLayout& shard : layout.shards) {
            data += shard.dataBytes;
            file += shard.fileBytes();
        }
        QCOMPARE(layout.dataBytes, std::uint64_t(442));
        QCOMPARE(data, layout.dataBytes);
        QCOMPARE(file, layout.fileBytes);
    }

    void no_limit_is_one_shard_and_no_decisions_none()
    {
        TargetProfile profile = profileOf({1000, 1000, 1000});
        profile.size.shardLimitBytes = 0;
        QCOMPARE(layoutOf(profile, 0).shards.size(), std::size_t(1));
        QCOMPARE(layoutOf(profileOf({}), 0).shards.size(), std::size_t(0));
        QCOMPARE(layoutOf(profileOf({}), 0).fileBytes, std::uint64_t(0));
    }
};

QTEST_APPLESS_MAIN(FileLayoutTest)
#include "tst_file_layout.moc"
