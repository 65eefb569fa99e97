// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/file_system.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace bitloupe;
namespace fs = std::filesystem;

class TestFileSystem : public QObject {
    Q_OBJECT
    QTemporaryDir m_directory;
    fs::path m_root;

private slots:
    void initTestCase()
    {
        m_root = m_directory.path().toStdString();
        fs::create_directories(m_root / "model" / "sub");
        fs::create_directories(m_root / "elsewhere");
        std::ofstream(m_root / "elsewhere" / "key") << "secret";
        std::ofstream(m_root / "model" / "tokenizer.json") << "{}";
        fs::create_directory_symlink(m_root / "model", m_root / "alias");
        fs::create_symlink(m_root / "elsewhere" / "key", m_root / "model" / "leak.json");
    }

    void inside_is_seen_through_links()
    {
        QVERIFY(isInside(m_root / "model", m_root / "model"));
        QVERIFY(isInside(m_root / "alias" / "new", m_root / "model"));
        QVERIFY(isInside(m_root / "model" / "sub" / ".." / "x" / "y", m_root / "alias"));
        QVERIFY(!isInside(m_root / "modelling", m_root / "model"));
        QVERIFY(!isInside(m_root / "model" / ".." / "elsewhere", m_root / "model"));
    }

    void links_that_leave_the_folder_are_not_inside()
    {
        QVERIFY(isRegularFileInside(m_root / "model" / "tokenizer.json", m_root / "model"));
        QVERIFY(!isRegularFileInside(m_root / "model" / "leak.json", m_root / "model"));
        QVERIFY(!isRegularFileInside(m_root / "model" / "sub", m_root / "model"));
        QVERIFY(!isRegularFileInside(m_root / "model" / "absent", m_root / "model"));
    }

    void free_space_is_known_for_paths_not_made_yet()
    {
        QVERIFY(*freeSpace(m_root / "not" / "yet") > 0);
    }
};

QTEST_APPLESS_MAIN(TestFileSystem)
#include "tst_file_system.moc"
