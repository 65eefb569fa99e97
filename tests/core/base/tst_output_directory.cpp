// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/output_directory.h"
#include "base/source_file.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace bitloupe;
namespace fs = std::filesystem;

class TestOutputDirectory : public QObject {
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_directory;
    fs::path m_target;

    std::size_t entries() const
    {
        const fs::directory_iterator all(m_target.parent_path());
        return static_cast<std::size_t>(std::distance(begin(all), end(all)));
    }

private slots:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_target = fs::path(m_directory->path().toStdString()) / "out";
    }

    void appears_whole_on_commit()
    {
        auto directory = OutputDirectory::create(m_target, 10);
        QVERIFY(directory);
        QVERIFY(directory->writeFile("a.txt", std::string_view("text")));
        QVERIFY(directory->writeFile("sub/b.txt", std::string_view("more")));
        QVERIFY(!fs::exists(m_target));
        QVERIFY(directory->commit());
        QCOMPARE(*readSmallFile(m_target / "sub" / "b.txt", 10), std::string("more"));
        QCOMPARE(entries(), std::size_t {1});
    }

    void vanishes_without_commit()
    {
        {
            auto directory = OutputDirectory::create(m_target, 10);
            QVERIFY(directory->writeFile("a.txt", std::string_view("text")));
            QCOMPARE(entries(), std::size_t {1});
        }
        QCOMPARE(entries(), std::size_t {0});
    }

    void never_replaces()
    {
        auto directory = OutputDirectory::create(m_target, 0);
        fs::create_directory(m_target); // somebody was faster
        QCOMPARE(directory->commit().error().code, Errc::targetExists);
        QCOMPARE(OutputDirectory::create(m_target, 0).error().code, Errc::targetExists);
        QVERIFY(fs::is_empty(m_target));
    }

    void a_dangling_link_counts_as_existing()
    {
        fs::create_symlink("nowhere", m_target);
        QCOMPARE(OutputDirectory::create(m_target, 0).error().code, Errc::targetExists);
    }

    void too_little_space_is_said_with_both_figures()
    {
        const auto directory = OutputDirectory::create(m_target, UINT64_MAX / 2);
        QCOMPARE(directory.error().code, Errc::noSpace);
        QVERIFY(directory.error().detail.find("are free") != std::string::npos);
        QCOMPARE(entries(), std::size_t {0});
    }

    void unusable_names_are_refused()
    {
        for (const fs::path& bad : {fs::path(""), fs::path("x/."), fs::path("x/.."), fs::path("x/")})
            QCOMPARE(OutputDirectory::create(bad, 0).error().code, Errc::badArgument);
        const fs::path longName = m_target.parent_path() / std::string(300, 'n');
        QCOMPARE(OutputDirectory::create(longName, 0).error().code, Errc::ioWrite);
    }

    void a_probe_says_the_same_and_leaves_nothing()
    {
        QVERIFY(OutputDirectory::probe(m_target));
        QCOMPARE(entries(), std::size_t {0});
        const auto absent = OutputDirectory::probe(m_target / "no" / "out");
        QVERIFY(!absent && absent.error().code == Errc::ioWrite);
        const auto tooLong = OutputDirectory::probe(m_target.parent_path() / std::string(250, 'n'));
        QVERIFY(!tooLong && tooLong.error().code == Errc::ioWrite);
    }

    void stale_partials_are_those_without_a_writer()
    {
        auto alive = OutputDirectory::create(m_target, 0);
        fs::create_directory(m_target.parent_path() / ".out.partial-1-2");
        const auto stale = stalePartials(m_target);
        QCOMPARE(stale.size(), std::size_t {1});
        QCOMPARE(stale.front().filename(), fs::path(".out.partial-1-2"));
    }

    void a_stale_partial_is_removed_unless_somebody_writes_to_it()
    {
        const fs::path stale = m_target.parent_path() / ".out.partial-1-2";
        fs::create_directories(stale / "sub");
        QVERIFY(removeStalePartial(stale));
        QVERIFY(!fs::exists(stale));
        auto alive = OutputDirectory::create(m_target, 0);
        QVERIFY(!removeStalePartial(alive->temporaryPath()));
        QVERIFY(fs::exists(alive->temporaryPath()));
    }

    void a_single_file_replaces_only_when_told()
    {
        QVERIFY(writeFileAtomically(m_target, "one", false));
        QCOMPARE(writeFileAtomically(m_target, "two", false).error().code, Errc::targetExists);
        QVERIFY(writeFileAtomically(m_target, "three", true));
        QCOMPARE(*readSmallFile(m_target, 10), std::string("three"));
        QCOMPARE(entries(), std::size_t {1});
    }
};

QTEST_APPLESS_MAIN(TestOutputDirectory)
#include "tst_output_directory.moc"
