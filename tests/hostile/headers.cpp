// SPDX-License-Identifier: GPL-3.0-or-later
#include "hostile/headers.h"

#include "support/safetensors_bytes.h"

namespace bitloupe::test {
namespace {

using namespace std::string_literals;

const std::string maxU64 = "18446744073709551615";

std::string repeated(const std::string& text, std::size_t count)
{
    std::string result;
    for (std::size_t i = 0; i < count; ++i)
        result += text;
    return result;
}

std::string withShape(const std::string& shape, const std::string& dtype = "U8")
{
    return R"({"a":{"dtype":")" + dtype + R"(","shape":)" + shape
        + R"(,"data_offsets":[0,4]}})";
}

std::string withOffsets(const std::string& offsets)
{
    return R"({"a":{"dtype":"U8","shape":[4],"data_offsets":)" + offsets + "}}";
}

std::string entries(const std::vector<std::string>& list)
{
    std::string text = "{";
    for (const std::string& entry : list)
        text += (text.size() > 1 ? "," : "") + entry;
    return text + "}";
}

void addJson(std::vector<HostileHeader>& cases)
{
    const std::string good = withOffsets("[0,4]");
    const auto add = [&](std::string name, std::string json, Errc code = Errc::badHeader) {
        cases.push_back({{std::move(name), std::move(json), 4}, code});
    };
    add("empty", "");
    add("only_spaces", "   ");
    add("root_is_a_list", "[" + good + "]");
    add("root_is_a_string", "\"a\"");
    add("root_is_null", "null");
    add("cut_short", good.substr(0, good.size() - 1));
    add("byte_order_mark", "\xef\xbb\xbf" + good);
    add("utf16", "{\0\"\0a\0\"\0:\0"s);
    add("nul_padding", good + "\0\0"s);
    add("comment", "/* hello */" + good);
    add("trailing_comma", good.substr(0, good.size() - 1) + ",}");
    add("second_document", good + "{}");
    add("text_after_the_end", good + "x");
    add("single_quotes", "{'a':1}");
    add("key_without_quotes", "{a:1}");
    add("missing_colon", R"({"a" 1})");
    add("missing_comma", R"({"a":{} "b":{}})");
    add("nan_literal", withShape("[NaN]"));
    add("infinity_literal", withShape("[Infinity]"));
    add("hexadecimal", withShape("[0x4]"));
    add("leading_zero", withShape("[04]"));
    add("leading_plus", withShape("[+4]"));
    add("bare_minus", withShape("[-]"));
    add("true_misspelled", R"({"a":treu})");
    add("invalid_utf8", "{\"\xff\":{}}");
    add("overlong_utf8", "{\"\xc0\xaf\":{}}");
    add("surrogate_as_utf8", "{\"\xed\xa0\x80\":{}}");
    add("half_a_surrogate_pair", R"({"\ud800":{}})");
    add("second_half_first", R"({"\udc00\ud800":{}})");
    add("unknown_escape", R"({"\x41":{}})");
    add("short_unicode_escape", R"({"\u00":{}})");
    add("control_character_in_a_name", "{\"a\nb\":{}}");
    add("string_never_closes", R"({"a)");
    add("string_ends_in_a_backslash", "{\"a\\");
    add("deeper_than_64",
        R"({"a":{"x":)" + repeated("[", 70) + repeated("]", 70) + "}}");
    add("hundred_thousand_brackets", repeated("[", 100'000));
    add("hundred_thousand_objects", repeated("{\"a\":", 100'000));
}

void addEntries(std::vector<HostileHeader>& cases)
{
    const auto add = [&](std::string name, std::string json, Errc code) {
        cases.push_back({{std::move(name), std::move(json), 4}, code});
    };
    add("entry_is_a_number", R"({"a":4})", Errc::badHeader);
    add("entry_is_a_list", R"({"a":[]})", Errc::badHeader);
    add("entry_is_null", R"({"a":null})", Errc::badHeader);
    add("entry_is_empty", R"({"a":{}})", Errc::badHeader);
    add("dtype_missing", R"({"a":{"shape":[4],"data_offsets":[0,4]}})", Errc::badHeader);
    add("shape_missing", R"({"a":{"dtype":"U8","data_offsets":[0,4]}})", Errc::badHeader);
    add("offsets_missing", R"({"a":{"dtype":"U8","shape":[4]}})", Errc::badHeader);
    add("dtype_is_a_number", R"({"a":{"dtype":1,"shape":[4],"data_offsets":[0,4]}})",
        Errc::badHeader);
    add("dtype_is_an_object", R"({"a":{"dtype":{},"shape":[4],"data_offsets":[0,4]}})",
        Errc::badHeader);
    add("dtype_unknown", withShape("[4]", "U4"), Errc::unknownDtype);
    add("dtype_of_gguf", withShape("[32]", "Q8_0"), Errc::unknownDtype);
    add("dtype_lower_case", withShape("[4]", "u8"), Errc::unknownDtype);
    add("dtype_empty", withShape("[4]", ""), Errc::unknownDtype);
    add("dtype_unknown_and_a_hole",
        entries({headerEntry("a", "U4", {4}, 1, 4)}), Errc::badOffset);
    add("metadata_is_a_list", R"({"__metadata__":[]})", Errc::badHeader);
    add("metadata_is_a_string", R"({"__metadata__":"pt"})", Errc::badHeader);
    add("metadata_value_is_a_number", R"({"__metadata__":{"a":1}})", Errc::badHeader);
    add("metadata_value_is_null", R"({"__metadata__":{"a":null}})", Errc::badHeader);
    add("metadata_value_is_nested", R"({"__metadata__":{"a":{}}})", Errc::badHeader);
    add("same_name_twice",
        entries({headerEntry("a", "U8", {2}, 0, 2), headerEntry("a", "U8", {2}, 2, 4)}),
        Errc::duplicateName);
    add("same_name_twice_by_escape",
        entries({headerEntry("a", "U8", {2}, 0, 2), headerEntry("\\u0061", "U8", {2}, 2, 4)}),
        Errc::duplicateName);
    add("metadata_twice", R"({"__metadata__":{},"__metadata__":{}})", Errc::duplicateName);
    add("same_key_twice_in_metadata", R"({"__metadata__":{"a":"","a":""}})", Errc::badHeader);
    add("same_key_twice_in_an_entry",
        R"({"a":{"dtype":"U8","shape":[4],"shape":[4],"data_offsets":[0,4]}})", Errc::badHeader);
}

void addShapes(std::vector<HostileHeader>& cases)
{
    const auto add = [&](std::string name, std::string json, Errc code = Errc::badShape) {
        cases.push_back({{std::move(name), std::move(json), 4}, code});
    };
    add("shape_is_null", withShape("null"));
    add("shape_is_a_number", withShape("4"));
    add("shape_is_an_object", withShape("{}"));
    add("shape_holds_null", withShape("[null]"));
    add("shape_holds_a_list", withShape("[[4]]"));
    add("shape_holds_a_string", withShape("[\"4\"]"));
    add("shape_negative", withShape("[-4]"));
    add("shape_minus_zero", withShape("[-0]"));
    add("shape_with_a_fraction", withShape("[4.0]"));
    add("shape_with_an_exponent", withShape("[4e0]"));
    add("shape_too_small", withShape("[3]"));
    add("shape_too_large", withShape("[5]"));
    add("shape_of_another_dtype", withShape("[4]", "F32"));
    add("half_a_byte", withShape("[7]", "F4"));
    add("three_quarters_of_a_byte", withShape("[5]", "F6_E2M3"));
    add("shape_above_64_bits", withShape("[18446744073709551616]"), Errc::numberOverflow);
    add("shape_of_a_thousand_digits", withShape("[" + repeated("9", 1000) + "]"),
        Errc::numberOverflow);
    add("shape_product_wraps", withShape("[4294967296,4294967296]"), Errc::numberOverflow);
    add("shape_product_wraps_to_the_size", withShape("[2,9223372036854775810]"),
        Errc::numberOverflow);
    add("shape_bits_wrap", withShape("[2305843009213693952]"), Errc::numberOverflow);
    add("zero_does_not_excuse_a_wrap", withShape("[" + maxU64 + "," + maxU64 + ",0]"),
        Errc::numberOverflow);
    add("zero_first_does_not_excuse_a_wrap", withShape("[0," + maxU64 + "," + maxU64 + "]"),
        Errc::numberOverflow);
    add("more_dimensions_than_anyone_has", withShape("[" + repeated("1,", 2000) + "4]"));
}

void addOffsets(std::vector<HostileHeader>& cases)
{
    const auto add = [&](std::string name, std::string json, Errc code = Errc::badOffset) {
        cases.push_back({{std::move(name), std::move(json), 4}, code});
    };
    add("offsets_are_null", withOffsets("null"));
    add("offsets_are_an_object", withOffsets("{}"));
    add("offsets_empty", withOffsets("[]"));
    add("one_offset", withOffsets("[4]"));
    add("three_offsets", withOffsets("[0,4,8]"));
    add("offset_negative", withOffsets("[-1,3]"));
    add("offset_minus_zero", withOffsets("[-0,4]"));
    add("offset_with_a_fraction", withOffsets("[0,4.0]"));
    add("offset_with_an_exponent", withOffsets("[0,4e0]"));
    add("offset_is_a_string", withOffsets("[\"0\",4]"));
    add("offset_is_a_list", withOffsets("[[0],4]"));
    add("offset_above_64_bits", withOffsets("[0,18446744073709551616]"), Errc::numberOverflow);
    add("ends_before_it_begins", withOffsets("[4,0]"));
    add("first_offset_not_zero", withOffsets("[1,5]"));
    add("far_beyond_the_file", withOffsets("[0," + maxU64 + "]"), Errc::truncated);
    add("one_byte_missing", entries({headerEntry("a", "U8", {5}, 0, 5)}), Errc::truncated);
    add("one_byte_left_over", entries({headerEntry("a", "U8", {3}, 0, 3)}));
    add("no_tensor_but_data", "{}");
    add("hole", entries({headerEntry("a", "U8", {1}, 0, 1), headerEntry("b", "U8", {2}, 2, 4)}));
    add("overlap", entries({headerEntry("a", "U8", {3}, 0, 3), headerEntry("b", "U8", {2}, 2, 4)}),
        Errc::overlappingTensors);
    add("shared", entries({headerEntry("a", "U8", {4}, 0, 4), headerEntry("b", "U8", {4}, 0, 4)}),
        Errc::overlappingTensors);
    add("one_inside_another",
        entries({headerEntry("a", "U8", {4}, 0, 4), headerEntry("b", "U8", {2}, 1, 3)}),
        Errc::overlappingTensors);
    add("empty_tensor_inside_another",
        entries({headerEntry("a", "U8", {4}, 0, 4), headerEntry("b", "U8", {0}, 2, 2)}));
    add("empty_tensor_beyond_the_data",
        entries({headerEntry("a", "U8", {4}, 0, 4), headerEntry("b", "U8", {0}, 9, 9)}));
}

} // namespace

std::vector<HostileHeader> hostileHeaders()
{
    std::vector<HostileHeader> cases;
    addJson(cases);
    addEntries(cases);
    addShapes(cases);
    addOffsets(cases);
    return cases;
}

std::vector<HeaderCase> oddHeaders()
{
    const std::string entry = headerEntry("a", "U8", {4}, 0, 4);
    return {
        {"no_tensors", "{}", 0},
        {"only_metadata", R"({"__metadata__":{"format":"pt"}})", 0},
        {"null_metadata", R"({"__metadata__":null,)" + entry + "}", 4},
        {"metadata_last", "{" + entry + R"(,"__metadata__":{"format":"mlx"}})", 4},
        {"white_space_everywhere", " \t\r\n{ \n " + entry + " \t } \r\n  ", 4},
        {"keys_in_another_order",
            R"({"a":{"data_offsets":[0,4],"shape":[4],"dtype":"U8"}})", 4},
        {"unknown_keys",
            R"({"a":{"dtype":"U8","x":{"y":[1.5e300,{"shape":-1}]},"shape":[4],"z":null,)"
            R"("data_offsets":[0,4]}})", 4},
        {"unaligned_floats",
            entries({headerEntry("a", "U8", {1}, 0, 1), headerEntry("b", "F64", {1}, 1, 9)}), 9},
        {"last_tensor_first",
            entries({headerEntry("b", "U8", {1}, 3, 4), headerEntry("a", "U8", {3}, 0, 3)}), 4},
        {"scalar", entries({headerEntry("a", "F32", {}, 0, 4)}), 4},
        {"zero_size", entries({headerEntry("a", "F32", {3, 0}, 0, 0), headerEntry("b", "U8", {4}, 0, 4)}), 4},
        {"zero_size_at_the_end",
            entries({headerEntry("a", "U8", {4}, 0, 4), headerEntry("b", "F32", {0}, 4, 4)}), 4},
        {"seventy_dimensions",
            R"({"a":{"dtype":"U8","shape":[)" + repeated("1,", 69)
                + R"(4],"data_offsets":[0,4]}})", 4},
        {"empty_name", entries({headerEntry("", "U8", {4}, 0, 4)}), 4},
        {"terminal_codes_in_the_name",
            entries({headerEntry("\\u001b[31m\\n\\u0000\\u202e%n=cmd", "U8", {4}, 0, 4)}), 4},
        {"long_name", entries({headerEntry(std::string(100'000, 'n'), "U8", {4}, 0, 4)}), 4},
        {"surrogate_pair", entries({headerEntry("\\ud83d\\ude00", "U8", {4}, 0, 4)}), 4},
        {"two_four_bit_values", entries({headerEntry("a", "F4", {8}, 0, 4)}), 4},
        {"complex_values", entries({headerEntry("a", "C64", {1}, 0, 8)}), 8},
    };
}

} // namespace bitloupe::test
