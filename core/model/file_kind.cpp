// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/file_kind.h"

#include <algorithm>
#include <array>

namespace bitloupe {
namespace {

using namespace std::string_view_literals;

struct KindRow {
    std::string_view start; // lower case; compared without case
    std::string_view words;
};

constexpr auto kinds = std::to_array<KindRow>({
    {"version https://git-lfs"sv, "it is a git-lfs pointer: run git lfs pull"},
    {"<!doctype"sv, "it is an HTML page: the download went wrong"},
    {"<html"sv, "it is an HTML page: the download went wrong"},
    {"<?xml"sv, "it is an XML page: the download went wrong"},
    {"pk\x03\x04"sv, "it is a ZIP archive, as PyTorch writes with pickle inside: not loaded, "
                     "because pickle can run code; convert it to safetensors"},
    {"\x80\x02"sv, "it is a Python pickle: not loaded, because pickle can run code; convert it "
                   "to safetensors"},
    {"\x80\x04"sv, "it is a Python pickle: not loaded, because pickle can run code; convert it "
                   "to safetensors"},
    {"gguf"sv, "it is a GGUF file"},
    {"lmgg"sv, "it is a GGML file of before GGUF: convert it with an old llama.cpp"},
    {"fmgg"sv, "it is a GGML file of before GGUF: convert it with an old llama.cpp"},
    {"tjgg"sv, "it is a GGML file of before GGUF: convert it with an old llama.cpp"},
    {"\x89hdf"sv, "it is an HDF5 file: convert it to safetensors"},
    {"\x1f\x8b"sv, "it is a gzip archive: unpack it first"},
    {"\x28\xb5\x2f\xfd"sv, "it is a zstd archive: unpack it first"},
    {"{"sv, "it is a JSON text"},
});

char lower(std::byte byte)
{
    const char letter = static_cast<char>(byte);
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

} // namespace

std::optional<std::string_view> foreignContent(std::span<const std::byte> firstBytes)
{
    if (firstBytes.size() > 8
        && std::all_of(firstBytes.begin(), firstBytes.end(),
            [](std::byte byte) { return byte == std::byte {0}; }))
        return "it holds only zeros: the download was interrupted";
    while (!firstBytes.empty()
        && (lower(firstBytes[0]) == ' ' || lower(firstBytes[0]) == '\n'
            || lower(firstBytes[0]) == '\r'))
        firstBytes = firstBytes.subspan(1);
    for (const KindRow& row : kinds) {
        if (firstBytes.size() >= row.start.size()
            && std::equal(row.start.begin(), row.start.end(), firstBytes.begin(),
                [](char letter, std::byte byte) { return letter == lower(byte); }))
            return row.words;
    }
    return std::nullopt;
}

bool isGguf(std::span<const std::byte> firstBytes)
{
    constexpr std::string_view magic = "GGUF";
    return firstBytes.size() >= magic.size()
        && std::equal(magic.begin(), magic.end(), firstBytes.begin(),
            [](char letter, std::byte byte) { return letter == static_cast<char>(byte); });
}

} // namespace bitloupe
