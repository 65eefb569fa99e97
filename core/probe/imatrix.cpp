// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/imatrix.h"

#include "base/output_directory.h"
#include "base/source_file.h"
#include "probe/byte_cursor.h"
#include "probe/imatrix_gguf.h"

#include <algorithm>
#include <cmath>

namespace bitloupe {
namespace {

constexpr std::uint64_t largestFile = std::uint64_t {1} << 30;
constexpr std::uint64_t longestName = 4096;

Error damaged(std::string detail) { return {Errc::badHeader, "imatrix", std::move(detail)}; }

Result<Imatrix> readLegacy(ByteCursor cursor)
{
    Imatrix imatrix;
    const auto count = cursor.take<std::int32_t>();
    if (!count || *count <= 0)
        return damaged("found no number of entries, expected an imatrix in .dat or GGUF form");
    for (std::int32_t i = 0; i < *count; ++i) {
        const auto length = cursor.take<std::int32_t>();
        if (!length || *length <= 0 || static_cast<std::uint64_t>(*length) > longestName)
            return damaged("entry " + std::to_string(i) + " has no name");
        const auto name = cursor.text(static_cast<std::uint64_t>(*length));
        const auto calls = cursor.take<std::int32_t>();
        const auto values = cursor.take<std::int32_t>();
        if (!name || !calls || !values || *values <= 0)
            return damaged("entry " + std::to_string(i) + " ends too early");
        Imatrix::Entry entry;
        if (!cursor.floats(static_cast<std::uint64_t>(*values), entry.means))
            return damaged("entry " + std::to_string(i) + " is longer than the file");
        for (float& mean : entry.means)
            mean = *calls > 0 ? mean / static_cast<float>(*calls) : mean;
        entry.counts.assign(1, static_cast<float>(std::max(*calls, 0)));
        if (!imatrix.entries.emplace(std::string(*name), std::move(entry)).second)
            return damaged("one name twice");
    }
    // What it was made from stands at the end, in newer files.
    if (cursor.take<std::int32_t>())
        if (const auto length = cursor.take<std::int32_t>(); length && *length > 0)
            if (const auto text = cursor.text(static_cast<std::uint64_t>(*length)))
                imatrix.dataset = std::string(*text);
    return imatrix;
}

// Finite and of no sign, or the file is not what it says it is.
bool isSane(const Imatrix::Entry& entry)
{
    const auto sane = [](float x) { return std::isfinite(x) && x >= 0; };
    return std::all_of(entry.means.begin(), entry.means.end(), sane);
}

template <typename T>
void put(std::vector<std::byte>& out, const T* values, std::size_t count)
{
    const auto bytes = std::as_bytes(std::span(values, count));
    out.insert(out.end(), bytes.begin(), bytes.end());
}

void putNumber(std::vector<std::byte>& out, std::size_t number)
{
    const auto value = static_cast<std::int32_t>(number);
    put(out, &value, 1);
}

} // namespace

Result<Imatrix> readImatrix(std::span<const std::byte> bytes)
{
    auto imatrix = startsAsGguf(bytes) ? readGgufImatrix(bytes) : readLegacy(ByteCursor(bytes));
    if (!imatrix)
        return imatrix;
    for (const auto& [name, entry] : imatrix->entries)
        if (!isSane(entry))
            return damaged("an entry holds numbers that are no means of squares");
    return imatrix;
}

Result<Imatrix> readImatrix(const std::filesystem::path& path)
{
    const auto file = SourceFile::open(path);
    if (!file)
        return file.error();
    if ((*file)->size() > largestFile)
        return damaged("the file is larger than 1 GiB");
    const auto bytes = (*file)->read(0, (*file)->size());
    if (!bytes)
        return bytes.error();
    auto imatrix = readImatrix(std::span<const std::byte>(*bytes));
    if (imatrix)
        return imatrix;
    Error error = imatrix.error();
    error.where = path.string();
    return error;
}

std::vector<std::byte> legacyImatrix(const Imatrix& imatrix)
{
    std::vector<std::byte> out;
    putNumber(out, imatrix.entries.size());
    for (const auto& [name, entry] : imatrix.entries) {
        putNumber(out, name.size());
        put(out, name.data(), name.size());
        putNumber(out, 1); // calls that the sums are over
        putNumber(out, entry.means.size());
        put(out, entry.means.data(), entry.means.size());
    }
    putNumber(out, 1);
    putNumber(out, imatrix.dataset.size());
    put(out, imatrix.dataset.data(), imatrix.dataset.size());
    return out;
}

Result<ImatrixMoments> momentsWithImatrix(const Model& model,
    const std::shared_ptr<const Moments>& moments, const std::filesystem::path& file)
{
    const auto imatrix = readImatrix(file);
    if (!imatrix)
        return imatrix.error();
    Moments mixed = moments ? *moments : Moments {};
    auto use = applyImatrix(model, *imatrix, mixed);
    if (!use)
        return use.error();
    return ImatrixMoments {
        std::make_shared<const Moments>(std::move(mixed)), std::move(use->notes)};
}

Result<void> saveImatrix(const Model& model, const std::shared_ptr<const Moments>& moments,
    const std::filesystem::path& file, bool replace)
{
    if (!moments)
        return Error {Errc::badArgument, file.string(), "there are no moments without a probe"};
    const auto bytes = legacyImatrix(imatrixOf(model, *moments));
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    return writeFileAtomically(file, text, replace);
}

} // namespace bitloupe
