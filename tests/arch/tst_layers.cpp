// SPDX-License-Identifier: GPL-3.0-or-later
#include "arch/layer_rules.h"

#include <QTest>

#include <filesystem>
#include <fstream>
#include <iterator>

using namespace bitloupe::arch;

namespace {

std::string readText(const std::filesystem::path& path)
{
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::filesystem::path root() { return BITLOUPE_SOURCE_DIR; }

std::vector<std::string> rooms() { return roomOrder(readText(root() / "core/README.md")); }

std::vector<Source> sources()
{
    std::vector<Source> all;
    for (const char* part : {"core", "ui", "app"}) {
        if (!std::filesystem::exists(root() / part))
            continue;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root() / part)) {
            const std::string extension = entry.path().extension().string();
            if (entry.is_regular_file() && (extension == ".h" || extension == ".cpp"))
                all.push_back({entry.path().lexically_relative(root()).generic_string(),
                    readText(entry.path())});
        }
    }
    return all;
}

using Rule = std::vector<std::string> (*)(const Source&);

std::vector<std::string> direction(const Source& source)
{
    return directionViolations(source, {"base", "model", "plan"});
}

struct Case {
    const char* name;
    Rule rule;
    const char* path;
    const char* text;
    bool refused;
};

const Case cases[] = {
    {"same room", direction, "core/model/a.cpp", "#include \"model/a.h\"", false},
    {"room to the left", direction, "core/plan/a.cpp", "#include \"base/a.h\"", false},
    {"room to the right", direction, "core/base/a.cpp", "  # include \"plan/a.h\"", true},
    {"core to ui", direction, "core/base/a.cpp", "#include \"ui/a.h\"", true},
    {"without its room", direction, "core/base/a.cpp", "#include \"a.h\"", true},
    {"parent folder", direction, "app/a.cpp", "#include \"../base/a.h\"", true},
    {"unknown room", direction, "core/misc/a.cpp", "", true},
    {"ui to core", direction, "ui/a.cpp", "#include \"plan/a.h\"", false},
    {"ui to app", direction, "ui/a.cpp", "#include \"app/a.h\"", true},
    {"app to ui", direction, "app/main.cpp", "#include \"ui/a.h\"", true},
    {"gui.cpp to ui", direction, "app/gui.cpp", "#include \"ui/a.h\"", false},
    {"app bare name", direction, "app/main.cpp", "#include \"main_window.h\"", true},
    {"Qt in core", libraryViolations, "core/base/a.cpp", "#include <QString>", true},
    {"Qt in app", libraryViolations, "app/main.cpp", "#include <QtCore/QString>", true},
    {"Qt in ui", libraryViolations, "ui/a.h", "#include <QString>", false},
    {"plots in a header", libraryViolations, "ui/views/a.h", "#include <qcustomplot.h>", true},
    {"plots in a view", libraryViolations, "ui/views/a.cpp", "#include <qcustomplot.h>", false},
    {"json in plan", libraryViolations, "core/plan/a.cpp", "#include <nlohmann/json.hpp>", true},
    {"json in a header", libraryViolations, "core/model/a.h", "#include <nlohmann/json.hpp>", true},
    {"json in model", libraryViolations, "core/model/a.cpp", "#include <nlohmann/json.hpp>", false},
    {"Eigen in measure", libraryViolations, "core/measure/a.cpp", "#include <Eigen/Dense>", true},
    {"Highway in model", libraryViolations, "core/model/a.cpp", "#include <hwy/highway.h>", true},
    {"OpenSSL in report", libraryViolations, "core/report/a.cpp", "#include <openssl/evp.h>", true},
    {"CLI11 in core", libraryViolations, "core/plan/a.cpp", "#include <CLI/CLI.hpp>", true},
    {"throw", wordViolations, "core/base/a.cpp", "void f() { throw 1; }", true},
    {"throw in a comment", wordViolations, "core/base/a.cpp", "// throw\n/* throw */", false},
    {"throw in a literal", wordViolations, "core/base/a.cpp", "auto s = \"a \\\" throw\";", false},
    {"throw after digits", wordViolations, "core/base/a.cpp", "int a = 1'000; throw a;", true},
    {"throw after raw string", wordViolations, "core/base/a.cpp", "f(R\"(\")\"); throw 1;", true},
    {"std::cout", wordViolations, "core/base/a.cpp", "std::cout << 1;", true},
    {"printf", wordViolations, "core/base/a.cpp", "fprintf(stderr, s);", true},
    {"snprintf", wordViolations, "core/base/a.cpp", "snprintf(b, n, s);", true},
    {"stod", wordViolations, "core/base/a.cpp", "std::stod(s);", true},
    {"exit", wordViolations, "core/base/a.cpp", "std::exit(1);", true},
    {"printing in app", wordViolations, "app/a.cpp", "fprintf(stderr, s);", false},
    {"no licence line", shapeViolations, "app/a.cpp", "int a;\n", true},
};

} // namespace

class TstLayers : public QObject {
    Q_OBJECT
private slots:
    void readme_names_the_rooms_in_order();
    void rules_see_what_they_should_data();
    void rules_see_what_they_should();
    void refuses_files_over_400_lines();
    void tree_keeps_every_rule();
};

void TstLayers::readme_names_the_rooms_in_order()
{
    const std::vector<std::string> order = rooms();
    QCOMPARE(order.size(), std::size_t(10));
    QCOMPARE(order.front(), std::string("base"));
    QCOMPARE(order.back(), std::string("report"));
}

void TstLayers::rules_see_what_they_should_data()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < static_cast<int>(std::size(cases)); ++i)
        QTest::newRow(cases[i].name) << i;
}

void TstLayers::rules_see_what_they_should()
{
    QFETCH(int, index);
    const Case& one = cases[index];
    QCOMPARE(!one.rule({one.path, one.text}).empty(), one.refused);
}

void TstLayers::refuses_files_over_400_lines()
{
    std::string text = "// SPDX-License-Identifier: GPL-3.0-or-later\n#pragma once\n";
    while (std::count(text.begin(), text.end(), '\n') < 400)
        text += '\n';
    QVERIFY(shapeViolations({"core/base/a.h", text}).empty());
    QVERIFY(!shapeViolations({"core/base/a.h", text + '\n'}).empty());
}

void TstLayers::tree_keeps_every_rule()
{
    const auto all = sources();
    QVERIFY(all.size() > 20);
    const std::vector<std::string> order = rooms();
    QStringList wrong;
    for (const Source& source : all)
        for (const std::string& line : violations(source, order))
            wrong << QString::fromStdString(line);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char('\n'))));
}

QTEST_APPLESS_MAIN(TstLayers)
#include "tst_layers.moc"
