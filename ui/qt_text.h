// SPDX-License-Identifier: GPL-3.0-or-later
// The one bridge of text between core and Qt: UTF-8, escaping, errors as sentences, numbers by
// the user's locale.
#pragma once

#include "base/error.h"
#include "plan/plan.h"

#include <QString>

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace bitloupe::ui {

/// Text of ours, UTF-8.
QString toQt(std::string_view text);
/// A name from a file: control characters and direction overrides escaped, elided.
QString nameToQt(std::string_view name, std::size_t maxBytes = 200);
/// Bytes of the path as they are, so that names that are not UTF-8 open.
std::filesystem::path toPath(const QString& path);
QString pathToQt(const std::filesystem::path& path);

/// One translated sentence for an error, and a hint what to do; the hint may be empty.
QString errorSentence(const Error& error);
QString errorHint(Errc code);

/// "75.7 MB" in the user's locale.
QString sizeToQt(std::uint64_t bytes);
/// "75,732,544".
QString countToQt(std::uint64_t count);
/// Three significant digits; "unknown" for NaN.
QString scoreToQt(double value, int digits = 3);
/// "134.5 M".
QString parametersToQt(std::uint64_t count);

/// A path as one word of a POSIX shell.
QString shellWord(const QString& text);

} // namespace bitloupe::ui
