// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/documents.h"

#include <nlohmann/json.hpp>

namespace bitloupe {

std::string progressToJson(const Progress& progress)
{
    nlohmann::ordered_json line;
    line["phase"] = progress.phase;
    line["bytes_done"] = progress.bytesDone;
    if (progress.bytesTotal > 0)
        line["bytes_total"] = progress.bytesTotal;
    else
        line["bytes_total"] = nullptr;
    return line.dump();
}

} // namespace bitloupe
