// SPDX-License-Identifier: GPL-3.0-or-later
// The first steps that verbs share: open the model, get its analysis, write a result file.
#pragma once

#include "app/command.h"
#include "measure/analysis.h"
#include "model/model.h"

#include <memory>
#include <string_view>

namespace bitloupe {

/// The model at a path given as bytes. Warnings become notes.
Result<std::shared_ptr<const Model>> openNamedModel(
    const std::string& path, const Session& session);

/// The analysis, from the cache where that is allowed and possible. A cache that cannot be
/// written costs a note, not the result.
Result<Analysis> analysisOf(
    const std::shared_ptr<const Model>& model, const Options& options, const Session& session);

/// Writes a result file. An existing file is replaced only when it is an earlier result of the
/// same kind (its beginning names `schema`): a slip of the hand must not replace a model.
/// Errors: targetExists, ioWrite, noSpace.
Result<void> writeResult(const std::string& path, std::string_view text, std::string_view schema);

/// The whole text of a small file. Errors: ioRead; badJson when it is larger than any result.
Result<std::string> readResult(const std::string& path);

} // namespace bitloupe
