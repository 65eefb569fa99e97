// SPDX-License-Identifier: GPL-3.0-or-later
// Writes the cases of tests/hostile as seed files: make_fuzz_seeds DIRECTORY.
#include "hostile/gguf_files.h"
#include "hostile/headers.h"
#include "hostile/json_texts.h"
#include "support/safetensors_bytes.h"

#include <cstring>
#include <filesystem>
#include <fstream>

using namespace bitloupe::test;

namespace {

void write(const std::filesystem::path& path, const std::string& bytes)
{
    std::ofstream(path, std::ios::binary).write(
        bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

void writeHeader(const std::filesystem::path& directory, const HeaderCase& each)
{
    std::string dataBytes(8, '\0');
    std::memcpy(dataBytes.data(), &each.dataBytes, dataBytes.size());
    write(directory / each.name, dataBytes + each.json);
}

void writeTexts(const std::filesystem::path& directory, const std::string& prefix,
    const std::vector<JsonCase>& cases)
{
    for (const JsonCase& each : cases)
        write(directory / (prefix + each.name), each.text);
}

} // namespace

int main(int count, char** arguments)
{
    if (count != 2)
        return 2;
    const std::filesystem::path root = arguments[1];
    const auto headers = root / "fuzz_safetensors_header";
    const auto texts = root / "fuzz_json";
    std::filesystem::create_directories(headers);
    std::filesystem::create_directories(texts);
    for (const HostileHeader& each : hostileHeaders())
        writeHeader(headers, each);
    for (const HeaderCase& each : oddHeaders())
        writeHeader(headers, each);
    const auto ggufs = root / "fuzz_gguf_header";
    std::filesystem::create_directories(ggufs);
    for (const HostileGguf& each : hostileGgufs())
        write(ggufs / each.name, each.bytes);
    for (const GgufCase& each : oddGgufs())
        write(ggufs / each.name, each.bytes);
    writeTexts(texts, "json_", jsonDocuments());
    writeTexts(texts, "index_", indexDocuments());
    writeTexts(texts, "config_", configDocuments());
    return 0;
}
