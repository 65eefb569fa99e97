// SPDX-License-Identifier: GPL-3.0-or-later
// A window on the sample model, without cache or probe, and what tests ask of it.
#pragma once

#include "ui/main_window.h"
#include "ui/ready_session.h"

#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace bitloupe::test {

inline const std::filesystem::path sample = BITLOUPE_SOURCE_DIR "/resources/sample";

/// Settings of the tests' own; before the first window.
inline void useTestSettings(const char* name)
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(QStringLiteral("bitloupe-test"));
    QCoreApplication::setApplicationName(QLatin1String(name));
    qRegisterMetaType<bitloupe::Error>();
}

/// Single-thread.
class SampleWindow {
public:
    SampleWindow()
    {
        QSettings().clear();
        reopen();
    }

    /// A new window in place of the old one, with the settings that it left.
    void reopen()
    {
        m_window = std::make_unique<ui::MainWindow>(sample);
        m_window->session().setCacheDirectory(std::nullopt);
        // As the commands that it is compared with.
        m_window->session().setProbeDepth(ProbeDepth::none);
        m_window->show();
    }
    bool openSample()
    {
        m_window->openPath(sample);
        return QTest::qWaitFor([this] { return isReady(m_window->session()); }, patience);
    }

    ui::MainWindow* operator->() { return m_window.get(); }
    ui::MainWindow* get() { return m_window.get(); }
    void destroy() { m_window.reset(); }
    const QTemporaryDir& folder() const { return m_folder; }
    const Plan& plan() { return *m_window->session().planned()->plan; }
    int firstFree(TensorRole role)
    {
        const auto& decisions = m_window->session().profile()->decisions;
        for (std::size_t d = 0; d < decisions.size(); ++d)
            if (decisions[d].role == role && decisions[d].options.size() > 1)
                return static_cast<int>(d);
        return -1;
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<ui::MainWindow> m_window;
};

} // namespace bitloupe::test
