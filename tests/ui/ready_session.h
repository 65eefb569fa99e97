// SPDX-License-Identifier: GPL-3.0-or-later
// A session without a cache that is waited for.
#pragma once

#include "ui/session.h"

#include <QTest>

namespace bitloupe::test {

inline constexpr int patience = 120'000; // sanitizers are slow

inline bool isReady(const ui::Session& session)
{
    return session.state() == ui::Session::State::ready && session.planned()
        && session.planned()->plan && !session.planned()->plan->provisional;
}

class ReadySession : public ui::Session {
public:
    /// Without a probe, which most tests need not wait for.
    explicit ReadySession(ProbeDepth depth = ProbeDepth::none)
    {
        setCacheDirectory(std::nullopt);
        setProbeDepth(depth);
    }
    /// Opens a model, the sample where none is named; true once it is scored and planned.
    bool openAndWait(const std::filesystem::path& path = BITLOUPE_SOURCE_DIR "/resources/sample")
    {
        open(path);
        return QTest::qWaitFor([this] { return isReady(*this); }, patience);
    }
};

} // namespace bitloupe::test
