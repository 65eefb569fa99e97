// SPDX-License-Identifier: GPL-3.0-or-later
#include "hostile/gguf_files.h"

#include "support/gguf_bytes.h"

#include <utility>

namespace bitloupe::test {
namespace {

constexpr std::uint64_t huge = ~std::uint64_t {0};
constexpr std::uint32_t f32 = 0, q4_0 = 2, q4k = 12;
constexpr std::uint32_t u8 = 0, u32 = 4, text = 8, array = 9, u64 = 10;

std::string padded(std::string bytes, std::size_t data = 0)
{
    bytes.resize((bytes.size() + 31) / 32 * 32 + data);
    return bytes;
}

/// A file of one pair and no tensor.
std::string withPair(std::string_view pair) { return padded(ggufStart(0, 1) + std::string(pair)); }

/// A file of tensors over `data` bytes of zeros.
std::string withTensors(const std::vector<std::string>& entries, std::size_t data)
{
    std::string bytes = ggufStart(entries.size(), 0);
    for (const std::string& entry : entries)
        bytes += entry;
    return padded(bytes, data);
}

std::string aligned(std::string_view value, std::uint32_t type = u32)
{
    return withPair(ggufPair("general.alignment", type, value));
}

std::string tensor(const std::vector<std::uint64_t>& sizes, std::uint32_t type = f32,
    std::uint64_t offset = 0)
{
    return ggufTensor("t", sizes, type, offset);
}

void addStarts(std::vector<HostileGguf>& cases)
{
    const auto version = [](std::uint32_t number) { return padded(ggufStart(0, 0, number)); };
    cases.push_back({{"nothing", ""}, Errc::truncated, "0 bytes"});
    cases.push_back({{"magic_alone", "GGUF"}, Errc::truncated, "byte 4"});
    cases.push_back({{"other_magic", padded("GGUX")}, Errc::notAModel, "begin with GGUF"});
    cases.push_back({{"version_0", version(0)}, Errc::unsupported, "version 0"});
    cases.push_back({{"version_1", version(1)}, Errc::unsupported, "version 1"});
    cases.push_back({{"version_4", version(4)}, Errc::unsupported, "version 4"});
    cases.push_back({{"big_endian", version(0x0300'0000)}, Errc::unsupported, "big-endian"});
    cases.push_back({{"cut_in_the_counts", ggufStart(0, 0).substr(0, 20)}, Errc::truncated, "byte"});
    cases.push_back({{"tensors_without_end", padded(ggufStart(huge, 0))}, Errc::badHeader, "count"});
    cases.push_back({{"pairs_without_end", padded(ggufStart(0, huge))}, Errc::badHeader, "count"});
    cases.push_back({{"pairs_more_than_fit", padded(ggufStart(0, 9))}, Errc::badHeader, "at most"});
    cases.push_back({{"pairs_of_zeros", padded(ggufStart(0, 1), 64)}, Errc::badHeader, "0 bytes"});
}

void addPairs(std::vector<HostileGguf>& cases)
{
    const std::string one = raw<std::uint8_t>(1);
    const auto pairs = [&](std::string name, std::string bytes, Errc code, std::string words) {
        cases.push_back({{std::move(name), withPair(bytes)}, code, std::move(words)});
    };
    pairs("key_of_nothing", ggufPair("", u8, one), Errc::badHeader, "key of 0 bytes");
    pairs("key_too_long", ggufPair(std::string(65'536, 'k'), u8, one), Errc::badHeader, "65536");
    pairs("key_longer_than_file", raw<std::uint64_t>(60'000) + "k", Errc::truncated, "byte");
    pairs("key_not_utf8", ggufPair("\xff\xfe", u8, one), Errc::badHeader, "UTF-8");
    pairs("value_type_13", ggufPair("k", 13, one), Errc::badHeader, "k: ");
    pairs("text_longer_than_file", ggufPair("k", text, raw<std::uint64_t>(99)), Errc::truncated, "k,");
    pairs("text_of_2_to_63", ggufPair("k", text, raw(std::uint64_t {1} << 63)), Errc::badHeader, "k,");
    pairs("text_of_2_to_64", ggufPair("k", text, raw(huge)), Errc::badHeader, "k,");
    pairs("array_of_arrays", ggufPair("k", array, ggufArray(array, 1, ggufArray(u8, 1, one))),
        Errc::badHeader, "array of arrays");
    pairs("array_of_13", ggufPair("k", array, ggufArray(13, 1, one)), Errc::badHeader, "13");
    pairs("array_too_long", ggufPair("k", array, ggufArray(u8, 999, one)), Errc::badHeader, "999");
    pairs("array_whose_bytes_wrap", ggufPair("k", array, ggufArray(u64, huge / 8 + 2, one)),
        Errc::badHeader, "elements");
    pairs("texts_too_many", ggufPair("k", array, ggufArray(text, 1u << 20, ggufText("a"))),
        Errc::badHeader, "elements");
    pairs("a_text_of_many_too_long",
        ggufPair("k", array, ggufArray(text, 2, ggufText("a") + raw<std::uint64_t>(500))),
        Errc::truncated, "k,");
    cases.push_back({{"key_twice",
                         padded(ggufStart(0, 2) + ggufPair("k", u8, one) + ggufPair("k", u8, one))},
        Errc::badHeader, "k: "});
}

void addAlignments(std::vector<HostileGguf>& cases)
{
    const auto refused = [&](std::string name, std::string bytes) {
        cases.push_back({{std::move(name), std::move(bytes)}, Errc::badHeader, "general.alignment"});
    };
    refused("alignment_0", aligned(raw<std::uint32_t>(0)));
    refused("alignment_48", aligned(raw<std::uint32_t>(48)));
    refused("alignment_2_to_31", aligned(raw<std::uint32_t>(1u << 31)));
    refused("alignment_as_u64", aligned(raw<std::uint64_t>(32), u64));
    refused("alignment_as_text", aligned(ggufText("32"), text));
}

void addLayouts(std::vector<HostileGguf>& cases)
{
    const auto refused = [&](std::string name, const std::vector<std::string>& entries, Errc code,
                             std::string words) {
        cases.push_back({{std::move(name), withTensors(entries, 64)}, code, std::move(words)});
    };
    refused("first_not_at_0", {tensor({4}, f32, 32)}, Errc::badOffset, "expected 0");
    refused("gap", {tensor({4}), ggufTensor("u", {4}, f32, 64)}, Errc::badOffset, "expected 32");
    refused("overlap", {tensor({9}), ggufTensor("u", {4}, f32, 32)}, Errc::overlappingTensors, "u: ");
    refused("offset_wraps", {tensor({4}, f32, huge - 7)}, Errc::badOffset, "t: ");
    refused("weights_cut", {tensor({17})}, Errc::truncated, "has 128 of 132");
    const std::uint64_t exa = std::uint64_t {1} << 60; // bytes; sixteen of them wrap
    refused("weights_of_an_exabyte", {tensor({exa / 4})}, Errc::truncated, "incomplete");
    std::vector<std::string> sixteen;
    for (std::uint64_t i = 0; i < 16; ++i)
        sixteen.push_back(ggufTensor("u" + std::to_string(i), {exa / 4}, f32, i * exa));
    refused("ends_wrap", sixteen, Errc::numberOverflow, "u15: ");
}

void addTensors(std::vector<HostileGguf>& cases)
{
    const auto refused = [&](std::string name, const std::vector<std::string>& entries, Errc code,
                             std::string words) {
        cases.push_back({{std::move(name), withTensors(entries, 64)}, code, std::move(words)});
    };
    const std::uint64_t big = std::uint64_t {1} << 40;
    refused("name_of_nothing", {ggufTensor("", {4}, f32, 0)}, Errc::badHeader, "0 bytes");
    refused("name_of_64", {ggufTensor(std::string(64, 'n'), {4}, f32, 0)}, Errc::badHeader, "64");
    refused("name_not_utf8", {ggufTensor("\xc0\x80", {4}, f32, 0)}, Errc::badHeader, "UTF-8");
    refused("name_twice", {tensor({4}), tensor({4}, f32, 32)}, Errc::duplicateName, "t: ");
    refused("five_dimensions", {tensor({1, 1, 1, 1, 1})}, Errc::badShape, "found 5");
    refused("dimensions_without_end", {ggufText("t") + raw(~0u) + std::string(40, '\0')},
        Errc::badShape, "dimensions");
    refused("negative_size", {tensor({huge})}, Errc::badShape, "negative");
    refused("product_wraps", {tensor({big, big})}, Errc::numberOverflow, "t: ");
    refused("product_wraps_before_zero", {tensor({big, big, 0})}, Errc::numberOverflow, "t: ");
    refused("bytes_wrap", {tensor({std::uint64_t {1} << 62})}, Errc::numberOverflow, "t: ");
    refused("type_removed", {tensor({32}, 4)}, Errc::unknownDtype, "removed");
    refused("type_unknown", {tensor({32}, 43)}, Errc::unknownDtype, "43");
    refused("row_below_a_block", {tensor({16, 4}, q4_0)}, Errc::badShape, "multiple of 32");
    refused("row_not_whole_blocks", {tensor({288}, q4k)}, Errc::badShape, "multiple of 256");
}

} // namespace

std::vector<HostileGguf> hostileGgufs()
{
    std::vector<HostileGguf> cases;
    addStarts(cases);
    addPairs(cases);
    addAlignments(cases);
    addTensors(cases);
    addLayouts(cases);
    return cases;
}

std::vector<GgufCase> oddGgufs()
{
    GgufBuilder wide;
    wide.alignment = 4096;
    wide.addU32("general.alignment", 4096);
    wide.addFloats("a", {4});
    wide.addFloats("b", {4});
    const std::string two = wide.bytes();
    const std::string odd = withTensors({tensor({4})}, 64);
    return {
        {"empty", padded(ggufStart(0, 0))},
        {"empty_without_padding", ggufStart(0, 0)},
        {"version_2", padded(ggufStart(0, 0, 2))},
        {"aligned_to_4096", two},
        {"last_padding_missing", two.substr(0, 4096 + 4096 + 16)},
        {"trailing_bytes", odd + "more"},
        {"padding_is_not_zero", ggufStart(1, 0) + tensor({4}) + std::string(7, 'x')
                + std::string(32, '\0')},
        {"no_dimensions", withTensors({tensor({})}, 32)},
        {"sizes_of_one", withTensors({tensor({4, 1, 1, 1})}, 32)},
        {"no_elements", withTensors({tensor({0, 7}), ggufTensor("u", {4}, f32, 0)}, 32)},
        {"empty_text_and_array", padded(ggufStart(0, 2) + ggufPair("a", text, ggufText(""))
                + ggufPair("b", array, ggufArray(text, 0, "")))},
        {"bool_of_7", withPair(ggufPair("k", 7, raw<std::uint8_t>(7)))},
        {"text_not_utf8", withPair(ggufPair("k", text, ggufText("\xff\x80")))},
        {"key_of_escapes", withPair(ggufPair("\x1b[31m\n", u8, "x"))},
    };
}

} // namespace bitloupe::test
