// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/imatrix.h"

#include <QTest>

#include <cstring>
#include <string>

using namespace bitloupe;

namespace {

void put(std::string& out, const auto& value)
{
    out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

void putText(std::string& out, std::string_view text)
{
    put(out, std::uint64_t {text.size()});
    out += text;
}

// One entry of two matrices of three columns, as the GGUF form has it.
std::string ggufFile(float secondCount = 4)
{
    std::string out = "GGUF";
    put(out, std::uint32_t {3});
    put(out, std::uint64_t {2});
    put(out, std::uint64_t {2});
    putText(out, "general.type");
    put(out, std::uint32_t {8});
    putText(out, "imatrix");
    putText(out, "imatrix.datasets");
    put(out, std::uint32_t {9});
    put(out, std::uint32_t {8});
    put(out, std::uint64_t {1});
    putText(out, "text.txt");
    const auto tensor = [&](std::string_view name, std::uint64_t columns, std::uint64_t offset) {
        putText(out, name);
        put(out, std::uint32_t {2});
        put(out, std::uint64_t {columns});
        put(out, std::uint64_t {2});
        put(out, std::uint32_t {0});
        put(out, offset);
    };
    tensor("blk.0.ffn_up_exps.weight.in_sum2", 3, 0);
    tensor("blk.0.ffn_up_exps.weight.counts", 1, 32);
    out.resize((out.size() + 31) / 32 * 32);
    for (const float value : {2.0F, 4.0F, 6.0F, 8.0F, 16.0F, 24.0F, 0.0F, 0.0F, 2.0F})
        put(out, value);
    put(out, secondCount);
    return out;
}

Result<Imatrix> imatrixIn(const std::string& bytes)
{
    return readImatrix(std::as_bytes(std::span(bytes.data(), bytes.size())));
}

Imatrix small()
{
    Imatrix imatrix;
    imatrix.entries["blk.0.attn_q.weight"].means = {1, 2, 3};
    imatrix.entries["output.weight"].means = {0.5F};
    imatrix.dataset = "words";
    return imatrix;
}

std::string legacyBytes()
{
    const auto bytes = legacyImatrix(small());
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

} // namespace

class tst_Imatrix : public QObject {
    Q_OBJECT

private slots:
    void reads_back_the_legacy_form()
    {
        const auto read = imatrixIn(legacyBytes());
        QVERIFY(read);
        QCOMPARE(read->entries.size(), std::size_t {2});
        QVERIFY((read->entries.at("blk.0.attn_q.weight").means == std::vector<float> {1, 2, 3}));
        QCOMPARE(read->dataset, std::string("words"));
    }

    void reads_the_gguf_form_as_means()
    {
        const auto read = imatrixIn(ggufFile());
        QVERIFY2(read, read ? "" : read.error().message().c_str());
        const auto& means = read->entries.at("blk.0.ffn_up_exps.weight").means;
        QVERIFY((means == std::vector<float> {1, 2, 3, 2, 4, 6}));
    }

    void a_matrix_without_tokens_has_zeros()
    {
        const auto read = imatrixIn(ggufFile(0));
        QVERIFY(read);
        QCOMPARE(read->entries.at("blk.0.ffn_up_exps.weight").means[4], 0.0F);
    }

    void refuses_every_shortened_file()
    {
        const std::string legacy = legacyBytes();
        const std::size_t tail = 8 + std::strlen("words"); // optional
        for (std::size_t size = 0; size < legacy.size() - tail; ++size)
            QVERIFY(!imatrixIn(legacy.substr(0, size)));
        const std::string gguf = ggufFile();
        for (std::size_t size = 0; size < gguf.size(); ++size)
            QVERIFY(!imatrixIn(gguf.substr(0, size)));
    }

    void survives_every_changed_byte()
    {
        for (const std::string& whole : {legacyBytes(), ggufFile()})
            for (std::size_t at = 0; at < whole.size(); ++at)
                for (const char value : {'\0', '\x7f', '\xff'}) {
                    std::string bytes = whole;
                    bytes[at] = value;
                    if (const auto read = imatrixIn(bytes))
                        for (const auto& [name, entry] : read->entries)
                            for (const float mean : entry.means)
                                QVERIFY(mean >= 0);
                }
    }

    void refuses_negative_means()
    {
        Imatrix imatrix = small();
        imatrix.entries["output.weight"].means = {-1};
        const auto bytes = legacyImatrix(imatrix);
        QVERIFY(!readImatrix(bytes));
    }
};

QTEST_APPLESS_MAIN(tst_Imatrix)
#include "tst_imatrix.moc"
