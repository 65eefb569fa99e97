// SPDX-License-Identifier: GPL-3.0-or-later
// Against bytes that the real client made (tests/golden/make_mlx_affine.py).
#include "codec/bit_packing.h"
#include "codec/codec.h"
#include "tests/support/codec_buffers.h"
#include "tests/support/golden_file.h"

#include <QTest>

#include <algorithm>
#include <cstring>

using namespace bitloupe;

namespace {

const testing::GoldenFile& golden()
{
    static const testing::GoldenFile file(BITLOUPE_SOURCE_DIR "/tests/golden/mlx_affine.safetensors");
    return file;
}

std::vector<float> floats(DType dtype, std::span<const std::byte> bytes)
{
    std::vector<float> values(bytes.size() * 8 / static_cast<std::size_t>(dtypeInfo(dtype).bits));
    widen(dtype, bytes.data(), values);
    return values;
}

// One case of the file: what was quantized, how, and under which name the result is.
struct Case {
    std::string key, input;
    DType dtype;
    const Codec* codec;

    ConstEncodedRow stored() const
    {
        return { golden().bytes(key + ".weight"), golden().bytes(key + ".scales"),
            golden().bytes(key + ".biases") };
    }
    testing::Encoded rounded() const
    {
        return testing::encoded(*codec, dtype, Encoder::round, floats(dtype, golden().bytes(input)));
    }
};

std::vector<Case> clientCases(const std::vector<std::pair<std::string, DType>>& inputs)
{
    std::vector<Case> cases;
    for (const auto& [name, dtype] : inputs) {
        for (const Codec& codec : codecs()) {
            if (codec.family == CodecFamily::affine) {
                cases.push_back({ "affine." + name + ".b" + std::to_string(codec.bits) + ".g"
                        + std::to_string(codec.groupSize),
                    "input." + name, dtype, &codec });
            }
        }
    }
    return cases;
}

std::vector<Case> edgeCases()
{
    std::vector<Case> cases;
    for (const char* name : { "zeros", "const_pos", "const_neg", "all_pos", "all_neg", "tiny",
             "outlier", "sym" }) {
        const std::string key = std::string("edge.") + name;
        cases.push_back({ key, key + ".input", DType::F32, findCodec("affine-4-g32") });
    }
    return cases;
}

std::vector<Case> allCases()
{
    std::vector<Case> cases
        = clientCases({ { "f32", DType::F32 }, { "f16", DType::F16 }, { "bf16", DType::BF16 } });
    const std::vector<Case> edges = edgeCases();
    cases.insert(cases.end(), edges.begin(), edges.end());
    return cases;
}

} // namespace

class TestAffineGolden : public QObject {
    Q_OBJECT

private slots:
    void the_file_has_every_case()
    {
        QCOMPARE(allCases().size(), std::size_t { 62 });
        for (const Case& entry : allCases())
            QVERIFY2(golden().has(entry.key + ".weight"), entry.key.c_str());
    }

    void packing_is_the_clients()
    {
        for (const Case& entry : clientCases({ { "f32", DType::F32 }, { "bf16", DType::BF16 } })) {
            const auto codes = golden().bytes(entry.key + ".codes");
            const auto packed = golden().bytes(entry.key + ".weight");
            std::vector<std::byte> ours(packed.size());
            packCodes(entry.codec->bits, reinterpret_cast<const std::uint8_t*>(codes.data()),
                codes.size(), ours.data());
            QVERIFY2(std::ranges::equal(ours, packed), entry.key.c_str());
        }
    }

    void stored_decode_is_the_clients()
    {
        std::vector<Case> cases = allCases();
        cases.push_back({ "own", "", DType::F32, findCodec("affine-3-g32") });
        for (const Case& entry : cases) {
            const auto expected = floats(entry.dtype, golden().bytes(entry.key + ".dequant"));
            std::vector<float> ours(expected.size());
            decodeRow(*entry.codec, entry.dtype, entry.stored(), Decode::stored, ours);
            QVERIFY2(!expected.empty(), entry.key.c_str());
            QVERIFY2(std::ranges::equal(
                         std::as_bytes(std::span(ours)), std::as_bytes(std::span(expected))),
                entry.key.c_str());
        }
    }

    void round_chooses_the_clients_scales_and_biases()
    {
        for (const Case& entry : allCases()) {
            const testing::Encoded ours = entry.rounded();
            const ConstEncodedRow theirs = entry.stored();
            QVERIFY2(std::ranges::equal(ours.bytes.scales, theirs.scales), entry.key.c_str());
            QVERIFY2(std::ranges::equal(ours.bytes.biases, theirs.biases), entry.key.c_str());
        }
    }

    // Where scale and bias are not rounded afterwards, the client's codes are the nearest as well.
    void round_makes_the_clients_codes_in_f32()
    {
        std::vector<Case> cases = clientCases({ { "f32", DType::F32 } });
        for (const Case& entry : edgeCases())
            cases.push_back(entry);
        for (const Case& entry : cases) {
            QVERIFY2(std::ranges::equal(entry.rounded().bytes.codes, entry.stored().codes),
                entry.key.c_str());
        }
    }
};

QTEST_APPLESS_MAIN(TestAffineGolden)
#include "tst_affine_golden.moc"
