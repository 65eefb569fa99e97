// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/gguf_metadata.h"

#include "base/checked.h"
#include "model/gguf_header.h"
#include "support/gguf_bytes.h"

#include <QTest>

using namespace bitloupe;
using namespace bitloupe::test;

namespace {

/// The builder's bytes must outlive what is read from them.
class Made {
public:
    explicit Made(const GgufBuilder& builder)
        : m_bytes(builder.bytes())
        , m_header(parseGgufHeader(
              [this](std::uint64_t offset, std::span<std::byte> out) -> Result<void> {
                  if (!rangeInside(offset, out.size(), m_bytes.size()))
                      return Error {Errc::ioRead, "test", "read beyond the end"};
                  copyBytes(out.data(), m_bytes.data() + offset, out.size());
                  return {};
              },
              m_bytes.size()))
    {
    }
    Made(const Made&) = delete;
    Made& operator=(const Made&) = delete;
    const GgufMetadata& metadata() const { return m_header.value().metadata; }
    const GgufPair& pair(std::string_view key) const { return *metadata().find(key); }

private:
    std::string m_bytes;
    Result<GgufHeader> m_header;
};

template <typename T> std::string arrayOf(std::uint32_t type, const std::vector<T>& values)
{
    std::string elements;
    for (const T value : values)
        elements += raw(value);
    return ggufArray(type, values.size(), elements);
}

using Texts = std::vector<std::string>;

} // namespace

class TestGgufMetadata : public QObject {
    Q_OBJECT
private slots:
    void integers_of_all_types_are_read()
    {
        GgufBuilder builder;
        builder.addPair("u8", 0, raw<std::uint8_t>(200));
        builder.addPair("i8", 1, raw<std::int8_t>(-3));
        builder.addPair("u16", 2, raw<std::uint16_t>(60'000));
        builder.addPair("i16", 3, raw<std::int16_t>(-300));
        builder.addPair("u32", 4, raw<std::uint32_t>(4'000'000'000u));
        builder.addPair("i32", 5, raw<std::int32_t>(-70'000));
        builder.addPair("u64", 10, raw<std::uint64_t>(1ull << 40));
        builder.addPair("i64", 11, raw<std::int64_t>(-(1ll << 40)));
        builder.addPair("too_large", 10, raw(~std::uint64_t {0}));
        const Made made(builder);
        const std::vector<std::int64_t> expected {
            200, -3, 60'000, -300, 4'000'000'000, -70'000, 1ll << 40, -(1ll << 40)};
        const auto pairs = made.metadata().pairs();
        for (std::size_t i = 0; i < expected.size(); ++i) {
            QCOMPARE(made.metadata().integer(pairs[i].key).value_or(0), expected[i]);
            QCOMPARE(made.metadata().number(pairs[i].key).value_or(0),
                static_cast<double>(expected[i]));
        }
        QVERIFY(!made.metadata().integer("too_large"));
    }

    void a_value_of_another_kind_is_nothing()
    {
        GgufBuilder builder;
        builder.addText("text", "5");
        builder.addF32("float", 0.5f);
        builder.addPair("bool", 7, raw<std::uint8_t>(7));
        const Made made(builder);
        const GgufMetadata& metadata = made.metadata();
        QVERIFY(!metadata.integer("text") && !metadata.number("text") && !metadata.flag("text"));
        QVERIFY(!metadata.integer("float") && !metadata.text("float"));
        QCOMPARE(metadata.number("float").value_or(0), 0.5);
        QVERIFY(metadata.flag("bool").value_or(false)); // any number but 0 is true
        QVERIFY(!metadata.integer("bool") && !metadata.integers("bool"));
        QVERIFY(!metadata.integer("absent") && metadata.find("absent") == nullptr);
        QVERIFY(metadata.text("text") == "5");
    }

    void arrays_are_read_by_their_type()
    {
        GgufBuilder builder;
        builder.addPair("heads", 9, arrayOf<std::int32_t>(5, {4, 0, -1}));
        builder.addPair("scores", 9, arrayOf<float>(6, {0.5f, -2}));
        builder.addPair("flags", 9, arrayOf<std::uint8_t>(7, {0, 1}));
        builder.addTexts("texts", {"a", "", "long"});
        const Made made(builder);
        const GgufMetadata& metadata = made.metadata();
        QVERIFY(metadata.integers("heads") == std::vector<std::int64_t>({4, 0, -1}));
        QVERIFY(metadata.flags("flags") == std::vector<bool>({false, true}));
        QVERIFY(metadata.int32s(made.pair("heads")).value() == std::vector<std::int32_t>({4, 0, -1}));
        QVERIFY(metadata.floats(made.pair("scores")).value() == std::vector<float>({0.5f, -2}));
        QVERIFY(metadata.texts(made.pair("texts")).value() == Texts({"a", "", "long"}));
        QCOMPARE(metadata.floats(made.pair("heads")).error().code, Errc::badHeader);
        QCOMPARE(metadata.texts(made.pair("heads")).error().code, Errc::badHeader);
        QVERIFY(!metadata.integers("scores") && !metadata.integers("texts"));
    }

    void long_values_stay_in_the_file()
    {
        const std::vector<float> scores(10'000, 1.5f);
        const std::string text(70'000, 't');
        GgufBuilder builder;
        builder.addPair("scores", 9, arrayOf(6, scores));
        builder.addText("template", text);
        builder.addTexts("tokens", Texts(2'000, "token"));
        const Made made(builder);
        for (const GgufPair& pair : made.metadata().pairs())
            QVERIFY(pair.held.empty());
        QVERIFY(!made.metadata().text("template"));
        QCOMPARE(made.metadata().wholeText(made.pair("template")).value(), text);
        QVERIFY(made.metadata().floats(made.pair("scores")).value() == scores);
        QVERIFY(made.metadata().texts(made.pair("tokens")).value() == Texts(2'000, "token"));
        QCOMPARE(made.metadata().bytes(made.pair("scores").whole).value().size(),
            size_t(8 + 6 + 4 + 4 + 8 + 40'000));
    }

    void previews_are_short_and_printable()
    {
        GgufBuilder builder;
        builder.addTexts("tokens", Texts(2'000, "\x1b[1m"));
        builder.addPair("scores", 9, arrayOf<float>(6, {0.1f, 1e-5f, -3}));
        builder.addText("template", std::string(70'000, 't'));
        builder.addPair("bool", 7, raw<std::uint8_t>(1));
        const Made made(builder);
        const auto preview = [&](std::string_view key, std::size_t most) {
            return made.metadata().preview(made.pair(key), most).value();
        };
        QVERIFY(preview("tokens", 2) == Texts({"\\x1b[1m", "\\x1b[1m"}));
        QVERIFY(preview("scores", 5) == Texts({"0.1", "1e-05", "-3"}));
        QCOMPARE(preview("template", 9).size(), size_t(1));
        QVERIFY(preview("template", 9)[0].size() <= 500);
        QVERIFY(preview("bool", 1) == Texts({"true"}));
    }
};

QTEST_APPLESS_MAIN(TestGgufMetadata)
#include "tst_gguf_metadata.moc"
