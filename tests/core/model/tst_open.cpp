// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/open.h"

#include "model/descriptor_limit.h"
#include "support/safetensors_bytes.h"
#include "support/scratch_folder.h"

#include <QTest>

#include <algorithm>
#include <cstring>

#include <sys/resource.h>
#include <sys/stat.h>

using namespace bitloupe;
using namespace bitloupe::test;
namespace fs = std::filesystem;

namespace {

Result<std::shared_ptr<const Model>> open(const fs::path& path) { return openModel(path, Job {}); }

std::string fileWith(std::initializer_list<const char*> names)
{
    SafetensorsBuilder builder;
    for (const char* name : names)
        builder.addFloats(name, {2, 2});
    return builder.bytes();
}

std::string indexWith(std::initializer_list<std::pair<const char*, const char*>> map)
{
    std::string text;
    for (const auto& [tensor, file] : map)
        text += (text.empty() ? "\"" : ",\"") + std::string(tensor) + "\":\"" + file + '"';
    return R"({"metadata":{},"weight_map":{)" + text + "}}";
}

void writeTwoShards(const ScratchFolder& folder)
{
    folder.write("model-00001-of-00002.safetensors", fileWith({"a.10", "b"}));
    folder.write("model-00002-of-00002.safetensors", fileWith({"a.9"}));
    folder.write("config.json", R"({"model_type":"llama"})");
    folder.write("model.safetensors.index.json",
        indexWith({{"a.10", "model-00001-of-00002.safetensors"},
            {"b", "model-00001-of-00002.safetensors"},
            {"a.9", "model-00002-of-00002.safetensors"}}));
}

bool mentions(const Error& error, const std::string& words)
{
    return error.message().find(words) != std::string::npos;
}

bool warnsOf(const Model& model, const std::string& words)
{
    return std::any_of(model.warnings.begin(), model.warnings.end(),
        [&](const ModelWarning& each) { return each.sentence.find(words) != std::string::npos; });
}

} // namespace

class TestOpen : public QObject {
    Q_OBJECT
private slots:
    void opens_a_folder_and_its_file_alike()
    {
        const ScratchFolder folder;
        folder.write("m/model.safetensors", fileWith({"a"}));
        folder.write("m/config.json", R"({"model_type":"llama","hidden_size":2})");
        const auto whole = open(folder / "m");
        const auto file = open(folder / "m/model.safetensors");
        QVERIFY(whole.has_value() && file.has_value());
        QCOMPARE((*whole)->name, std::string("m"));
        QCOMPARE((*whole)->digest(), (*file)->digest());
        QCOMPARE((*whole)->config.hiddenSize.value(), std::int64_t(2));
        QVERIFY((*whole)->warnings.empty());
        QCOMPARE(open((folder / "m").string() + "/").value()->name, std::string("m"));
    }

    void opens_shards_by_folder_index_or_one_of_them()
    {
        const ScratchFolder folder;
        writeTwoShards(folder);
        const auto model = open(folder.path());
        QVERIFY(model.has_value());
        QCOMPARE((*model)->shards.size(), size_t(2));
        QCOMPARE((*model)->tensors[0].name, std::string("a.9")); // natural order
        QCOMPARE((*model)->tensors[1].name, std::string("a.10"));
        QCOMPARE((*model)->find("b").value().index(), size_t(2));
        QVERIFY(!(*model)->find("c"));
        const auto view = (*model)->view(*(*model)->find("a.9"), 4, 4);
        QCOMPARE(loadLittleFloat(view->bytes()), 1.0f);
        for (const char* name : {"model.safetensors.index.json", "model-00002-of-00002.safetensors"})
            QCOMPARE(open(folder / name).value()->digest(), (*model)->digest());
    }

    void opens_shards_without_an_index()
    {
        const ScratchFolder folder;
        writeTwoShards(folder);
        fs::remove(folder / "model.safetensors.index.json");
        const auto all = open(folder.path());
        QCOMPARE(all.value()->tensors.size(), size_t(3));
        QVERIFY(warnsOf(**all, "no model.safetensors.index.json"));
        const auto one = open(folder / "model-00002-of-00002.safetensors");
        QCOMPARE(one.value()->tensors.size(), size_t(1));
        QVERIFY(warnsOf(**one, "one shard of 2"));
        fs::remove(folder / "model-00002-of-00002.safetensors");
        QCOMPARE(open(folder.path()).error().code, Errc::notAModel);
    }

    void refuses_an_index_that_lies()
    {
        const ScratchFolder folder;
        writeTwoShards(folder);
        const auto refused = [&](const std::string& index) {
            folder.write("model.safetensors.index.json", index);
            const auto model = open(folder.path());
            return model ? Error {Errc::cancelled, "", "accepted"} : model.error();
        };
        const char* const first = "model-00001-of-00002.safetensors";
        const char* const second = "model-00002-of-00002.safetensors";
        const Error absent = refused(indexWith({{"a.9", "x.safetensors"}, {"b", "y.safetensors"}}));
        QCOMPARE(absent.code, Errc::badIndex);
        QVERIFY(mentions(absent, "2 of 2 files are absent"));
        const Error phantom = refused(indexWith({{"a.9", second}, {"p", first}, {"q", first}}));
        QCOMPARE(phantom.code, Errc::badIndex);
        QVERIFY(mentions(phantom, "and 1 more"));
        QCOMPARE(refused(indexWith({{"a.9", first}, {"b", first}})).code, Errc::badIndex);
        QCOMPARE(refused(indexWith({{"a.9", "../x.safetensors"}})).code, Errc::badIndex);
        QCOMPARE(refused("{").code, Errc::badJson);
        QCOMPARE(refused("{}").code, Errc::badIndex);
    }

    void a_tensor_outside_the_index_is_a_warning()
    {
        const ScratchFolder folder;
        writeTwoShards(folder);
        folder.write("model.safetensors.index.json",
            indexWith({{"a.10", "model-00001-of-00002.safetensors"},
                {"a.9", "model-00002-of-00002.safetensors"}}));
        const auto model = open(folder.path());
        QCOMPARE(model.value()->tensors.size(), size_t(3));
        QVERIFY(warnsOf(**model, "1 tensors of the files are not in the index"));
    }

    void refuses_one_name_in_two_shards()
    {
        const ScratchFolder folder;
        folder.write("model-00001-of-00002.safetensors", fileWith({"a"}));
        folder.write("model-00002-of-00002.safetensors", fileWith({"a"}));
        const auto model = open(folder.path());
        QCOMPARE(model.error().code, Errc::duplicateName);
        QVERIFY(mentions(model.error(), "model-00001") && mentions(model.error(), "model-00002"));
    }

    void the_single_file_is_preferred_to_an_index()
    {
        const ScratchFolder folder;
        writeTwoShards(folder);
        folder.write("model.safetensors", fileWith({"only"}));
        const auto model = open(folder.path());
        QCOMPARE(model.value()->tensors.size(), size_t(1));
        QVERIFY(warnsOf(**model, "not used"));
    }

    void opens_a_hub_cache_entry_through_its_links()
    {
        const ScratchFolder folder;
        const std::string root = "hub/models--org--some-name";
        folder.write(root + "/blobs/aaa", fileWith({"a"}));
        folder.write(root + "/refs/main", "0123abc");
        fs::create_directories(folder / (root + "/snapshots/0123abc"));
        fs::create_symlink("../../blobs/aaa", folder / (root + "/snapshots/0123abc/model.safetensors"));
        for (const std::string& path : {root, root + "/snapshots", root + "/snapshots/0123abc",
                 root + "/snapshots/0123abc/model.safetensors"}) {
            const auto model = open(folder / path);
            QVERIFY2(model.has_value(), path.c_str());
            QCOMPARE((*model)->name, std::string("org/some-name"));
            QCOMPARE((*model)->revision, std::string("0123abc"));
            QVERIFY(!warnsOf(**model, "link"));
        }
    }

    void a_hub_reference_cannot_leave_the_entry()
    {
        const ScratchFolder folder;
        folder.write("models--a--b/refs/main", "../../outside");
        folder.write("outside/model.safetensors", fileWith({"a"}));
        fs::create_directories(folder / "models--a--b/snapshots");
        QCOMPARE(open(folder / "models--a--b").error().code, Errc::notAModel);
    }

    void a_link_out_of_the_folder_is_shown()
    {
        const ScratchFolder folder;
        const fs::path real = folder.write("elsewhere/w", fileWith({"a"}));
        fs::create_directories(folder / "m");
        fs::create_symlink(real, folder / "m/model.safetensors");
        QVERIFY(warnsOf(*open(folder / "m").value(), "elsewhere/w"));
    }

    void names_what_a_file_is_instead_data()
    {
        using namespace std::string_literals;
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* name, const std::string& bytes, const char* words) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString(words);
        };
        row("lfs", "version https://git-lfs.github.com/spec/v1\noid sha256:00\n", "git lfs pull");
        row("html", "<!DOCTYPE html><html>", "HTML");
        row("html_after_space", "\n\n  <HTML>", "HTML");
        row("zip", "PK\x03\x04\x14\0\x08\x08"s + std::string(99, 'x'), "pickle");
        row("pickle", "\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9"s + std::string(99, 'x'), "pickle");
        row("pickle_with_a_small_length", "\x80\x02\0\0\0\0\0\0"s + std::string(999, 'x'), "pickle");
        row("gguf", "GGUF\3\0\0\0"s + std::string(99, '\0'), "give it the ending .gguf");
        row("zeros", std::string(4096, '\0'), "only zeros");
        row("json", R"({"error":"not found"})", "JSON text");
        row("seven_bytes", "1234567", "expected at least 8");
        row("empty", "", "expected at least 8");
        row("no_header", std::string(8, '\0') + "{}", "empty");
        row("cut", fileWith({"a"}).substr(0, fileWith({"a"}).size() - 1), "has 15 of 16 bytes");
        row("cut_in_the_header", fileWith({"a"}).substr(0, 30), "header");
    }

    void names_what_a_file_is_instead()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, words);
        const ScratchFolder folder;
        const auto model = open(folder.write("model.safetensors", bytes.toStdString()));
        QVERIFY(!model);
        QVERIFY2(mentions(model.error(), words.toStdString()), model.error().message().c_str());
    }

    void refuses_folders_without_safetensors()
    {
        const ScratchFolder folder;
        QCOMPARE(open(folder.path()).error().code, Errc::notAModel);
        folder.write("pytorch_model.bin", "PK");
        QVERIFY(mentions(open(folder.path()).error(), "pickle"));
        folder.write("m.gguf", "GGUF");
        QCOMPARE(open(folder.path()).error().code, Errc::truncated);
        folder.write("n.gguf", "GGUF");
        QVERIFY(mentions(open(folder.path()).error(), "2 .gguf files"));
        QCOMPARE(open(folder / "absent").error().code, Errc::ioRead);
    }

    void refuses_what_is_no_regular_file()
    {
        const ScratchFolder folder;
        QCOMPARE(mkfifo((folder / "model.safetensors").c_str(), 0600), 0);
        QCOMPARE(open(folder.path()).error().code, Errc::notAModel);
        QCOMPARE(open("/dev/zero").error().code, Errc::notAModel);
        fs::remove(folder / "model.safetensors");
        fs::create_symlink("model.safetensors", folder / "model.safetensors");
        QCOMPARE(open(folder.path()).error().code, Errc::ioRead);
        fs::remove(folder / "model.safetensors");
        folder.write("model.safetensors", fileWith({"a"}));
        QCOMPARE(mkfifo((folder / "config.json").c_str(), 0600), 0);
        QCOMPARE(open(folder.path()).error().code, Errc::notAModel);
    }

    void a_damaged_configuration_is_refused_by_name()
    {
        const ScratchFolder folder;
        folder.write("model.safetensors", fileWith({"a"}));
        folder.write("config.json", R"({"a":1,"a":2})");
        QCOMPARE(open(folder.path()).error().code, Errc::badJson);
        QVERIFY(mentions(open(folder.path()).error(), "config.json"));
        folder.write("config.json", R"({"quantization_config":[]})");
        QCOMPARE(open(folder.path()).error().code, Errc::badConfig);
        fs::remove(folder / "config.json");
        QVERIFY(warnsOf(*open(folder.path()).value(), "there is none"));
    }

    void odd_paths_work()
    {
        const ScratchFolder folder;
        for (const char* name : {"-x", "a b%n", "\xff\xfe", "\xe2\x80\xae"}) {
            folder.write(std::string(name) + "/model.safetensors", fileWith({"a"}));
            QVERIFY(open(folder / name).has_value());
        }
    }

    void sees_a_change_on_disk()
    {
        const ScratchFolder folder;
        const fs::path file = folder.write("model.safetensors", fileWith({"a"}));
        const auto model = open(folder.path()).value();
        QVERIFY(model->unchanged().has_value());
        fs::resize_file(file, fs::file_size(file) - 1);
        QCOMPARE(model->unchanged().error().code, Errc::changedOnDisk);
    }

    void the_digest_depends_on_content_and_not_on_place()
    {
        const ScratchFolder folder;
        const auto digest = [&](const char* file, const std::string& bytes) {
            return open(folder.write(file, bytes)).value()->digest();
        };
        const std::string first = digest("x/model.safetensors", fileWith({"a", "b"}));
        QCOMPARE(digest("y/other.safetensors", fileWith({"a", "b"})), first);
        QVERIFY(digest("z/model.safetensors", fileWith({"b", "a"})) != first); // other offsets
        QVERIFY(digest("w/model.safetensors", fileWith({"a", "c"})) != first);
    }

    void many_shards_raise_the_descriptor_limit()
    {
        const ScratchFolder folder;
        const std::string bytes = fileWith({});
        for (int i = 1; i <= 300; ++i)
            folder.write("model-" + std::to_string(i) + "-of-300.safetensors", bytes);
        struct rlimit before = {};
        QCOMPARE(getrlimit(RLIMIT_NOFILE, &before), 0);
        struct rlimit low = before;
        low.rlim_cur = 64;
        QCOMPARE(setrlimit(RLIMIT_NOFILE, &low), 0);
        const auto model = open(folder.path());
        setrlimit(RLIMIT_NOFILE, &before);
        QVERIFY2(model.has_value(), model ? "" : model.error().message().c_str());
        QCOMPARE((*model)->shards.size(), size_t(300));
    }

    void too_many_shards_are_refused_with_the_limit()
    {
        struct rlimit limit = {};
        QCOMPARE(getrlimit(RLIMIT_NOFILE, &limit), 0);
        if (limit.rlim_max == RLIM_INFINITY)
            QSKIP("this system has no limit of open files");
        const auto reserved = reserveDescriptors(limit.rlim_max);
        QCOMPARE(reserved.error().code, Errc::ioRead);
        QVERIFY(mentions(reserved.error(), std::to_string(limit.rlim_max)));
    }

    void two_dots_are_resolved_as_the_system_does()
    {
        const ScratchFolder folder;
        folder.write("real/inner/x", "");
        folder.write("real/model.safetensors", fileWith({"a"}));
        fs::create_directory_symlink("real/inner", folder / "link");
        QCOMPARE(open(folder / "link/..").value()->name, std::string("real"));
        QCOMPARE(open(folder / "link/../model.safetensors").value()->name, std::string("real"));
    }

    void stops_when_asked()
    {
        const ScratchFolder folder;
        folder.write("model.safetensors", fileWith({"a"}));
        std::stop_source source;
        source.request_stop();
        Job job;
        job.stop = source.get_token();
        QCOMPARE(openModel(folder.path(), job).error().code, Errc::cancelled);
    }

private:
    static float loadLittleFloat(std::span<const std::byte> bytes)
    {
        float value = 0;
        std::memcpy(&value, bytes.data(), sizeof value);
        return value;
    }
};

QTEST_APPLESS_MAIN(TestOpen)
#include "tst_open.moc"
