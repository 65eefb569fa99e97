// SPDX-License-Identifier: GPL-3.0-or-later
// Damaged folders through the front door: refused with a reason, or opened and readable.
#include "model/open.h"

#include "hostile/mutation.h"
#include "model/float_reader.h"
#include "support/safetensors_bytes.h"
#include "support/scratch_folder.h"

#include <QTest>

using namespace bitloupe;
using namespace bitloupe::test;

namespace {

std::string weights()
{
    SafetensorsBuilder builder;
    builder.addFloats("model.embed_tokens.weight", {4, 8});
    builder.add("model.layers.0.mlp.up_proj.weight", "F8_E4M3", {4, 8}, std::string(32, '\x38'));
    builder.addFloats("model.layers.0.mlp.up_proj.weight_scale_inv", {2, 2});
    builder.add("model.layers.0.mlp.experts.gate_up_proj", "BF16", {2, 2, 2}, std::string(16, 'b'));
    return builder.bytes();
}

const std::string config = R"({"model_type":"llama","num_hidden_layers":1,"hidden_size":8,)"
                           R"("quantization_config":{"quant_method":"fp8","weight_block_size":[2,4]}})";
const std::string indexText
    = R"({"weight_map":{"model.embed_tokens.weight":"model-00001-of-00001.safetensors",)"
      R"("model.layers.0.mlp.up_proj.weight":"model-00001-of-00001.safetensors"}})";

/// False when an opened model breaks a promise.
bool usable(const std::shared_ptr<const Model>& model)
{
    for (std::uint32_t i = 0; i < model->tensors.size(); ++i) {
        if (model->find(model->tensors[i].name) != TensorId {i})
            return false;
        const auto reader = FloatReader::open(model, TensorId {i});
        if (!reader)
            continue;
        std::vector<float> values(reader->rows() * reader->columns());
        if (!reader->readRows(0, reader->rows(), values))
            return false;
    }
    return model->digest().size() == 64;
}

struct Tally {
    int opened = 0, refused = 0;
};

/// Opens the folder again and again with `file` damaged in `count` ways.
Tally tally(const ScratchFolder& folder, const char* file, const std::string& bytes,
    std::uint64_t count)
{
    Tally result;
    for (std::uint64_t seed = 0; seed < count; ++seed) {
        folder.write(file, mutated(bytes, seed));
        const auto model = openModel(folder.path(), Job {});
        if (!model && (model.error().message().empty() || model.error().message().size() > 1000))
            return {};
        if (model && !usable(*model))
            return {};
        ++(model ? result.opened : result.refused);
    }
    return result;
}

} // namespace

class TestMutations : public QObject {
    Q_OBJECT
private slots:
    void the_undamaged_folder_opens()
    {
        const ScratchFolder folder;
        folder.write("model-00001-of-00001.safetensors", weights());
        folder.write("config.json", config);
        folder.write("model.safetensors.index.json", indexText);
        const auto model = openModel(folder.path(), Job {});
        QVERIFY2(model.has_value(), model ? "" : model.error().message().c_str());
        QVERIFY(usable(*model));
    }

    void damaged_weight_files()
    {
        const ScratchFolder folder;
        const Tally found = tally(folder, "model.safetensors", weights(), 1500);
        QVERIFY(found.opened > 0); // the data may change freely
        QVERIFY(found.refused > 400);
    }

    void damaged_configurations()
    {
        const ScratchFolder folder;
        folder.write("model.safetensors", weights());
        const Tally found = tally(folder, "config.json", config, 1500);
        QVERIFY(found.opened > 0);
        QVERIFY(found.refused > 400);
    }

    void damaged_indexes()
    {
        const ScratchFolder folder;
        folder.write("model-00001-of-00001.safetensors", weights());
        const Tally found = tally(folder, "model.safetensors.index.json", indexText, 1500);
        QVERIFY(found.opened > 0);
        QVERIFY(found.refused > 400);
    }
};

QTEST_APPLESS_MAIN(TestMutations)
#include "tst_mutations.moc"
