// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/source_file.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

#include <sys/stat.h>

using namespace bitloupe;
namespace fs = std::filesystem;

class TestSourceFile : public QObject {
    Q_OBJECT
    QTemporaryDir m_directory;

    fs::path made(const char* name, std::size_t bytes)
    {
        const fs::path path = fs::path(m_directory.path().toStdString()) / name;
        std::ofstream(path, std::ios::binary) << std::string(bytes, 'x');
        return path;
    }

private slots:
    void reads_and_maps_any_range()
    {
        const auto file = SourceFile::open(made("a", 10'000));
        QVERIFY(file);
        QCOMPARE((*file)->read(9'990, 10)->size(), std::size_t {10});
        const auto window = (*file)->window(4'095, 3);
        QVERIFY(window);
        QCOMPARE(window->bytes().size(), std::size_t {3});
        QCOMPARE(static_cast<char>(window->bytes()[2]), 'x');
        QVERIFY(window->intact());
    }

    void ranges_outside_are_refused()
    {
        const auto file = SourceFile::open(made("b", 100));
        QCOMPARE((*file)->window(90, 11).error().code, Errc::truncated);
        QCOMPARE((*file)->window(UINT64_MAX, 2).error().code, Errc::truncated);
        QCOMPARE((*file)->read(1, UINT64_MAX).error().code, Errc::truncated);
        QVERIFY((*file)->window(100, 0));
    }

    void a_file_that_shrinks_gives_zeros_and_says_so()
    {
        const fs::path path = made("c", 1 << 20);
        const auto file = SourceFile::open(path);
        const auto window = (*file)->window(0, 1 << 20);
        fs::resize_file(path, 5'000);
        unsigned sum = 0;
        for (const std::byte byte : window->bytes())
            sum += std::to_integer<unsigned>(byte);
        QVERIFY(sum < 120U * (1U << 20));
        QCOMPARE(window->intact().error().code, Errc::changedOnDisk);
        QCOMPARE((*file)->read(0, 1 << 20).error().code, Errc::changedOnDisk);
    }

    void a_file_that_is_written_to_is_noticed()
    {
        const fs::path path = made("d", 100);
        const auto file = SourceFile::open(path);
        QVERIFY((*file)->unchanged());
        std::ofstream(path, std::ios::app) << "more";
        QCOMPARE((*file)->unchanged().error().code, Errc::changedOnDisk);
    }

    void what_is_no_regular_file_is_refused_at_once()
    {
        const fs::path pipe = fs::path(m_directory.path().toStdString()) / "pipe";
        QCOMPARE(mkfifo(pipe.c_str(), 0600), 0);
        for (const fs::path& path : {pipe, fs::path("/dev/zero"), pipe.parent_path()})
            QCOMPARE(SourceFile::open(path).error().code, Errc::notAModel);
        QCOMPARE(SourceFile::open("/nowhere/at/all").error().code, Errc::ioRead);
    }

    void a_window_outlives_its_file_object()
    {
        FileWindow window;
        {
            auto file = SourceFile::open(made("e", 50));
            window = std::move(*(*file)->window(0, 50));
        }
        QCOMPARE(static_cast<char>(window.bytes()[49]), 'x');
    }

    void more_windows_than_guards_still_read()
    {
        const auto file = SourceFile::open(made("f", 8'192));
        std::vector<FileWindow> windows;
        for (int i = 0; i < 600; ++i) {
            auto window = (*file)->window(1, 4'096);
            QVERIFY(window);
            QCOMPARE(static_cast<char>(window->bytes()[4'095]), 'x');
            windows.push_back(std::move(*window));
        }
    }

    void small_files_have_a_limit()
    {
        const fs::path path = made("g", 100);
        QCOMPARE(readSmallFile(path, 100)->size(), std::size_t {100});
        QCOMPARE(readSmallFile(path, 99).error().code, Errc::headerTooLarge);
    }
};

QTEST_APPLESS_MAIN(TestSourceFile)
#include "tst_source_file.moc"
