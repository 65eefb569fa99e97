// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metadata_dialog.h"

#include "model/open.h"
#include "support/gguf_bytes.h"
#include "support/scratch_folder.h"
#include "ui/models/metadata_model.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QTest>
#include <QTreeView>

using namespace bitloupe;
using namespace bitloupe::test;
using namespace bitloupe::ui;

namespace {

std::shared_ptr<const Model> made(const ScratchFolder& folder)
{
    GgufBuilder builder;
    builder.addText("general.architecture", "llama");
    builder.addU32("llama.block_count", 7);
    builder.addText("general.name", "red\x1b[31m");
    builder.addTexts("tokenizer.ggml.tokens", std::vector<std::string>(5'000, "token"));
    builder.addU32("bare", 1);
    builder.addFloats("token_embd.weight", {4, 4});
    return openModel(folder.write("m.gguf", builder.bytes()), Job {}).value();
}

QModelIndex find(const QAbstractItemModel& model, const QString& title, const QModelIndex& in = {})
{
    for (int row = 0; row < model.rowCount(in); ++row) {
        const QModelIndex index = model.index(row, 0, in);
        if (index.data().toString() == title)
            return index;
    }
    return {};
}

QString valueOf(const QModelIndex& index)
{
    return index.siblingAtColumn(MetadataModel::value).data().toString();
}

} // namespace

class TestMetadataDialog : public QObject {
    Q_OBJECT
private slots:
    void keys_branch_at_their_first_dot()
    {
        const ScratchFolder folder;
        MetadataModel model(made(folder));
        const QAbstractItemModelTester tester(&model);
        const QModelIndex general = find(model, "general");
        QCOMPARE(model.rowCount(general), 2);
        QCOMPARE(valueOf(find(model, "architecture", general)), QString("llama"));
        QCOMPARE(valueOf(find(model, "name", general)), QString("red\\x1b[31m"));
        QCOMPARE(valueOf(find(model, "block_count", find(model, "llama"))), QString("7"));
        QCOMPARE(valueOf(find(model, "bare")), QString("1"));
    }

    void long_arrays_are_elided_and_read_when_opened()
    {
        const ScratchFolder folder;
        MetadataModel model(made(folder));
        const QModelIndex tokens = find(model, "ggml.tokens", find(model, "tokenizer"));
        QVERIFY(valueOf(tokens).endsWith("token, ..."));
        QVERIFY(model.hasChildren(tokens) && model.rowCount(tokens) == 0);
        const QAbstractItemModelTester tester(&model); // opens all branches
        QVERIFY(!model.canFetchMore(tokens));
        QCOMPARE(model.rowCount(tokens), MetadataModel::mostElements + 1);
        const QModelIndex last = model.index(MetadataModel::mostElements, 0, tokens);
        QCOMPARE(last.data().toString(), QString("4,800 more"));
        QCOMPARE(valueOf(model.index(3, 0, tokens)), QString("token"));
    }

    void a_search_leaves_the_keys_that_have_the_words()
    {
        const ScratchFolder folder;
        MetadataDialog dialog(made(folder));
        const QAbstractItemModel& shown = *dialog.tree()->model();
        QCOMPARE(shown.rowCount(), 4);
        dialog.search()->setText("BLOCK");
        QCOMPARE(shown.rowCount(), 1);
        QCOMPARE(shown.rowCount(find(shown, "llama")), 1);
        dialog.search()->setText("llama"); // a branch, and a value in another
        QCOMPARE(shown.rowCount(), 2);
        dialog.search()->setText("nothing of the kind");
        QCOMPARE(shown.rowCount(), 0);
        dialog.search()->clear();
        QCOMPARE(shown.rowCount(), 4);
    }
};

QTEST_MAIN(TestMetadataDialog)
#include "tst_metadata_dialog.moc"
