// SPDX-License-Identifier: GPL-3.0-or-later
#include "hostile/json_texts.h"

namespace bitloupe::test {
namespace {

using namespace std::string_literals;

constexpr auto damaged = Errc::badJson;

std::string indexOf(const std::string& file)
{
    return R"({"metadata":{"total_size":4},"weight_map":{"a":")" + file + R"("}})";
}

std::string configWith(const std::string& rest)
{
    return R"({"model_type":"llama",)" + rest + "}";
}

std::string quantizationWith(const std::string& rest)
{
    return configWith(R"("quantization_config":)" + rest);
}

} // namespace

std::vector<JsonCase> jsonDocuments()
{
    return {
        {"empty", "", damaged},
        {"byte_order_mark", "\xef\xbb\xbf{}", damaged},
        {"utf16", "{\0}\0"s, damaged},
        {"nul_padding", "{}\0"s, damaged},
        {"nul_in_a_string", "\"\0\""s, damaged},
        {"comment", "{} // hello", damaged},
        {"trailing_comma_in_an_object", R"({"a":1,})", damaged},
        {"trailing_comma_in_a_list", "[1,]", damaged},
        {"leading_comma", "[,1]", damaged},
        {"two_documents", "{} {}", damaged},
        {"nan", "[NaN]", damaged},
        {"infinity", "[-Infinity]", damaged},
        {"number_without_digits_after_the_point", "[1.]", damaged},
        {"number_without_digits_before_the_point", "[.5]", damaged},
        {"number_without_exponent", "[1e]", damaged},
        {"wrong_bracket", "[1}", damaged},
        {"same_key_twice", R"({"a":1,"a":2})", damaged},
        {"same_key_twice_deep", R"({"x":[{"a":1,"b":0,"a":2}]})", damaged},
        {"same_key_twice_by_escape", R"({"/":1,"\/":2})", damaged},
        {"depth_65", std::string(65, '[') + std::string(65, ']'), damaged},
        {"depth_million", std::string(1'000'000, '['), damaged},
        {"invalid_utf8", "\"\xf8\x88\x80\x80\x80\"", damaged},
        {"surrogate_alone", R"(["\ud834"])", damaged},
        {"depth_64", std::string(64, '[') + std::string(64, ']'), {}},
        {"white_space_around", " \r\n\t{} \r\n\t", {}},
        {"number_beyond_double", "[1e400,-1e400,1e-400]", {}},
        {"integers_at_the_ends", "[18446744073709551615,-9223372036854775808]", {}},
        {"same_key_in_sister_objects", R"([{"a":1},{"a":2}])", {}},
        {"empty_key", R"({"":{"":""}})", {}},
        {"string_alone", R"("\u00e9\ud83d\ude00\n")", {}},
    };
}

std::vector<JsonCase> indexDocuments()
{
    constexpr auto bad = Errc::badIndex;
    return {
        {"plain", indexOf("model-00001-of-00001.safetensors"), {}},
        {"in_a_folder", indexOf("shards/model.safetensors"), {}},
        {"no_metadata", R"({"weight_map":{"a":"m.safetensors"}})", {}},
        {"a_list", "[]", bad},
        {"no_map", "{}", bad},
        {"empty_map", R"({"weight_map":{}})", bad},
        {"map_is_a_list", R"({"weight_map":["a"]})", bad},
        {"file_is_a_number", R"({"weight_map":{"a":1}})", bad},
        {"file_is_null", R"({"weight_map":{"a":null}})", bad},
        {"tensor_twice", R"({"weight_map":{"a":"x","a":"y"}})", Errc::badJson},
        {"map_twice", R"({"weight_map":{"a":"x"},"weight_map":{"a":"y"}})", Errc::badJson},
        {"empty_name", indexOf(""), bad},
        {"parent", indexOf("../model.safetensors"), bad},
        {"parent_inside", indexOf("a/../../model.safetensors"), bad},
        {"this_folder", indexOf("./model.safetensors"), bad},
        {"absolute", indexOf("/etc/passwd"), bad},
        {"double_slash", indexOf("a//b"), bad},
        {"slash_at_the_end", indexOf("a/"), bad},
        {"backslash", indexOf(R"(..\\model.safetensors)"), bad},
        {"drive", indexOf("C:model.safetensors"), bad},
        {"network_share", indexOf(R"(\\\\host\\share)"), bad},
        {"url", indexOf("https://example.com/m.safetensors"), bad},
        {"nul", indexOf("a\\u0000b"), bad},
        {"newline", indexOf("a\\nb"), bad},
        {"home", indexOf("~/model.safetensors"), bad},
        {"variable", indexOf("$HOME"), bad},
        {"part_of_256_bytes", indexOf(std::string(256, 'a')), bad},
    };
}

std::vector<JsonCase> configDocuments()
{
    constexpr auto bad = Errc::badConfig;
    return {
        {"empty_object", "{}", {}},
        {"a_list", "[]", bad},
        {"a_number", "5", bad},
        {"damaged", "{", damaged},
        {"hidden_duplicate", R"({"quantization_config":{"quant_method":"gptq"},)"
                             R"("quantization_config":null})", damaged},
        {"layers_huge", configWith(R"("num_hidden_layers":4611686018427387904)"), {}},
        {"layers_negative", configWith(R"("num_hidden_layers":-1)"), {}},
        {"layers_beyond_double", configWith(R"("num_hidden_layers":1e400)"), {}},
        {"layers_text", configWith(R"("num_hidden_layers":"all")"), {}},
        {"layers_list", configWith(R"("num_hidden_layers":[[[]]])"), {}},
        {"window_pattern_zero",
            configWith(R"("num_hidden_layers":9,"sliding_window":4,"sliding_window_pattern":0)"),
            {}},
        {"text_config_is_a_number", configWith(R"("text_config":5)"), {}},
        {"architectures_mixed", configWith(R"("architectures":["a",1])"), {}},
        {"quantization_null", quantizationWith("null"), {}},
        {"quantization_gptq", quantizationWith(R"({"quant_method":"gptq","bits":4})"), {}},
        {"quantization_unknown", quantizationWith(R"({"quant_method":"new"})"), {}},
        {"quantization_is_text", quantizationWith(R"("gptq")"), bad},
        {"quantization_is_false", quantizationWith("false"), bad},
        {"quantization_empty", quantizationWith("{}"), bad},
        {"quantization_method_is_a_number", quantizationWith(R"({"quant_method":4})"), bad},
        {"mlx_bits_senseless", configWith(R"("quantization":{"bits":-4,"group_size":64})"), bad},
        {"block_zero",
            quantizationWith(R"({"quant_method":"fp8","weight_block_size":[0,128]})"), bad},
        {"block_negative",
            quantizationWith(R"({"quant_method":"fp8","weight_block_size":[128,-1]})"), bad},
        {"block_huge",
            quantizationWith(R"({"quant_method":"fp8","weight_block_size":[128,4294967296]})"),
            bad},
        {"block_single", quantizationWith(R"({"quant_method":"fp8","weight_block_size":[128]})"),
            bad},
        {"block_number", quantizationWith(R"({"quant_method":"fp8","weight_block_size":128})"),
            bad},
        {"block_right",
            quantizationWith(R"({"quant_method":"fp8","weight_block_size":[128,128]})"), {}},
    };
}

} // namespace bitloupe::test
