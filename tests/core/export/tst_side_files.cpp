// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/side_files.h"

#include "core/export/made_checkpoint.h"
#include "export/folder_files.h"
#include "export/model_card.h"

#include <QTest>

#include <algorithm>
#include <fstream>

using namespace bitloupe;
using namespace bitloupe::tests;
namespace fs = std::filesystem;

namespace {

void put(const fs::path& path, const std::string& text = "x")
{
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

SideFiles found(const fs::path& directory)
{
    Model model;
    model.directory = directory;
    model.config.present = true;
    return findSideFiles(model);
}

bool has(const SideFiles& files, std::string_view name)
{
    return std::any_of(files.files.begin(), files.files.end(),
        [&](const SideFile& file) { return file.name == name; });
}

bool mentions(const std::vector<std::string>& notes, std::string_view word)
{
    return std::any_of(notes.begin(), notes.end(),
        [&](const std::string& note) { return note.find(word) != std::string::npos; });
}

} // namespace

class tst_SideFiles : public QObject {
    Q_OBJECT

private slots:
    void carries_what_belongs_to_the_model()
    {
        QTemporaryDir home;
        const fs::path folder = home.path().toStdString();
        for (const char* name : {"tokenizer.json", "tokenizer.model", "chat_template.jinja",
                 "LICENSE", "generation_config.json", "modeling_own.py", "merges.txt",
                 "additional_chat_templates/tools.jinja"})
            put(folder / name);
        const SideFiles files = found(folder);
        QCOMPARE(files.files.size(), std::size_t {8});
        QVERIFY(has(files, "additional_chat_templates/tools.jinja"));
        QVERIFY(has(files, "modeling_own.py"));
        QCOMPARE(files.bytes, std::uint64_t {8});
        QVERIFY(files.notes.empty());
    }

    void leaves_weights_indexes_and_quantization_behind()
    {
        QTemporaryDir home;
        const fs::path folder = home.path().toStdString();
        for (const char* name : {"model.safetensors", "model.safetensors.index.json", "config.json",
                 "quantize_config.json", "pytorch_model.bin", "notes.docx", "images/a.png"})
            put(folder / name);
        const SideFiles files = found(folder);
        QVERIFY(files.files.empty());
        QVERIFY(mentions(files.notes, "pytorch_model.bin"));
        QVERIFY(mentions(files.notes, "images/"));
        QVERIFY(!mentions(files.notes, "model.safetensors"));
    }

    void a_link_out_of_the_folder_is_not_followed()
    {
        QTemporaryDir home;
        const fs::path folder = fs::path(home.path().toStdString()) / "model";
        put(folder / "tokenizer_config.json");
        put(folder.parent_path() / "private_key");
        fs::create_symlink(folder.parent_path() / "private_key", folder / "tokenizer.json");
        const SideFiles files = found(folder);
        QCOMPARE(files.files.size(), std::size_t {1});
        QVERIFY(mentions(files.notes, "tokenizer.json"));
    }

    void a_hub_snapshot_may_link_to_its_own_blobs_only()
    {
        QTemporaryDir home;
        const fs::path entry = fs::path(home.path().toStdString()) / "models--a--b";
        const fs::path snapshot = entry / "snapshots" / "abc";
        put(entry / "blobs" / "123");
        put(entry / "refs" / "main");
        fs::create_directories(snapshot);
        fs::create_symlink("../../blobs/123", snapshot / "tokenizer.json");
        fs::create_symlink("../../refs/main", snapshot / "vocab.json");
        const SideFiles files = found(snapshot);
        QCOMPARE(files.files.size(), std::size_t {1});
        QVERIFY(has(files, "tokenizer.json"));
    }

    void a_lone_weight_file_brings_nothing_of_its_folder()
    {
        QTemporaryDir home;
        const fs::path folder = home.path().toStdString();
        put(folder / "tax_return.txt");
        Model model;
        model.directory = folder;
        QVERIFY(findSideFiles(model).files.empty());
    }

    void a_file_that_took_the_place_of_another_is_not_copied()
    {
        QTemporaryDir home;
        const fs::path folder = home.path().toStdString();
        put(folder / "model" / "tokenizer.json");
        put(folder / "key.json", "y");
        const SideFiles files = found(folder / "model");
        QCOMPARE(files.files.size(), std::size_t {1});
        fs::remove(folder / "model" / "tokenizer.json");
        fs::create_symlink(folder / "key.json", folder / "model" / "tokenizer.json");
        auto output = OutputDirectory::create(folder / "out", 1);
        QVERIFY(output);
        const auto copied = copySideFile(*output, files.files[0], Job {});
        QVERIFY(!copied && copied.error().code == Errc::changedOnDisk);
        QVERIFY(fs::is_empty(output->temporaryPath()));
    }

    void a_model_card_names_its_base()
    {
        Model model;
        model.name = "org/name";
        const std::string card = modelCard(
            "---\nlicense: mit\nbase_model:\n- someone/else\ntags:\n- x\n---\n# Title\n", model, {},
            {}, Encoder::search);
        QVERIFY2(card.starts_with("---\nlicense: mit\ntags:\n- x\nlibrary_name: mlx\nbase_model: "
                                  "\"org/name\"\nbase_model_relation: quantized\n---\n# Title\n"),
            card.c_str());
    }

    void a_folder_name_is_no_base()
    {
        Model model;
        model.name = "my-secret-project";
        const std::string card = modelCard("", model, {}, {}, Encoder::search);
        QVERIFY(card.starts_with("---\nlibrary_name: mlx\n---\n"));
        QVERIFY(card.find("my-secret-project") == std::string::npos);
    }
};

QTEST_APPLESS_MAIN(tst_SideFiles)
#include "tst_side_files.moc"
