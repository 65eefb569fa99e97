// SPDX-License-Identifier: GPL-3.0-or-later
// Models made by transformers, when they are at hand: BITLOUPE_TINY_MODELS names a folder with
// one model a subfolder.
#include "model/open.h"

#include "model/float_reader.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <cstdlib>

using namespace bitloupe;
namespace fs = std::filesystem;

namespace {

std::vector<fs::path> modelFolders()
{
    std::vector<fs::path> roots {fs::path(BITLOUPE_SHARED_DIR).parent_path() / "data/tiny"};
    if (const char* given = std::getenv("BITLOUPE_TINY_MODELS"))
        roots = {given};
    std::vector<fs::path> folders;
    std::error_code failed;
    for (const fs::path& root : roots) {
        for (const auto& each : fs::directory_iterator(root, failed))
            folders.push_back(each.path());
    }
    return folders;
}

std::size_t countOf(const Model& model, TensorRole role)
{
    return static_cast<std::size_t>(std::count_if(model.tensors.begin(), model.tensors.end(),
        [role](const TensorInfo& tensor) { return tensor.role == role; }));
}

bool finite(const std::shared_ptr<const Model>& model, TensorId id)
{
    const auto reader = FloatReader::open(model, id);
    if (!reader)
        return false;
    std::vector<float> row(reader->columns());
    return reader->readRows(reader->rows() - 1, 1, row).has_value()
        && std::all_of(row.begin(), row.end(), [](float value) { return std::isfinite(value); });
}

} // namespace

class TestRealModels : public QObject {
    Q_OBJECT
private slots:
    void open_with_roles_and_without_warnings_data()
    {
        QTest::addColumn<QString>("path");
        for (const fs::path& folder : modelFolders())
            QTest::newRow(folder.filename().c_str()) << QString::fromStdString(folder.string());
        if (modelFolders().empty())
            QTest::newRow("none") << QString();
    }

    void open_with_roles_and_without_warnings()
    {
        QFETCH(QString, path);
        if (path.isEmpty())
            QSKIP("no folder of tiny models (set BITLOUPE_TINY_MODELS)");
        const auto opened = openModel(path.toStdString(), Job {});
        QVERIFY2(opened.has_value(), opened ? "" : opened.error().message().c_str());
        const Model& model = **opened;
        QVERIFY2(model.warnings.empty(),
            model.warnings.empty() ? "" : model.warnings[0].sentence.c_str());
        QVERIFY(!model.quantized);
        const auto layers = static_cast<std::size_t>(model.config.layers.value());
        QCOMPARE(countOf(model, TensorRole::embedding), size_t(1));
        QCOMPARE(countOf(model, TensorRole::attentionO), layers);
        QCOMPARE(countOf(model, TensorRole::other), size_t(0));
        QCOMPARE(countOf(model, TensorRole::mlpDown) + countOf(model, TensorRole::router), layers);
        QCOMPARE(countOf(model, TensorRole::expertDown),
            countOf(model, TensorRole::router) * size_t(model.config.experts.value_or(0)));
        QCOMPARE(countOf(model, TensorRole::lmHead) == 0, model.config.tiedEmbeddings.value());
        for (std::uint32_t i = 0; i < model.tensors.size(); ++i)
            QVERIFY(finite(*opened, TensorId {i}));
    }
};

QTEST_APPLESS_MAIN(TestRealModels)
#include "tst_real_models.moc"
