// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui.h"

#include "app/exit_code.h"
#include "app/sample_path.h"
#include "ui/field_outlines.h"
#include "ui/heatmap_page.h"
#include "ui/language.h"
#include "ui/main_window.h"
#include "ui/plain_palette.h"

#include <QApplication>
#include <QEventLoop>
#include <QScreen>
#include <QSettings>
#include <QStyle>
#include <QStyleFactory>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdio>
#include <filesystem>
#include <optional>
#include <string_view>

namespace bitloupe {
namespace {

using ui::MainWindow;
using ui::Session;

struct GuiOptions {
    std::optional<std::filesystem::path> model; // bytes as given, never through QString
    std::optional<std::filesystem::path> screenshot;
    int width = 1440, height = 900;
    bool dark = false;
    bool byDamage = false;
    bool problem = false;
};

// "1366x768".
bool readSize(std::string_view text, GuiOptions& options)
{
    int width = 0, height = 0;
    char rest = 0;
    if (std::sscanf(std::string(text).c_str(), "%5dx%5d%c", &width, &height, &rest) != 2
        || width < 400 || height < 300)
        return false;
    options.width = width;
    options.height = height;
    return true;
}

GuiOptions readOptions(int argc, char** argv)
{
    GuiOptions options;
    bool optionsEnded = false;
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (!optionsEnded && word == "--") {
            optionsEnded = true;
        } else if (!optionsEnded && word == "--screenshot" && i + 1 < argc) {
            options.screenshot = argv[++i];
        } else if (!optionsEnded && word.starts_with("--screenshot=")) {
            options.screenshot = std::string(word.substr(13));
        } else if (!optionsEnded && word == "--dark") {
            options.dark = true;
        } else if (!optionsEnded && word == "--by-damage") {
            options.byDamage = true;
        } else if (!optionsEnded && word == "--size" && i + 1 < argc) {
            options.problem |= !readSize(argv[++i], options);
        } else if (!optionsEnded && word.starts_with("-")) {
            options.problem = true;
        } else {
            options.problem |= options.model.has_value();
            options.model = argv[i];
        }
    }
    return options;
}

// Waits for the end of the analysis and its plan; false when the model could not be opened.
std::optional<Error> waitForPlan(MainWindow& window)
{
    Session& session = window.session();
    std::optional<Error> failure;
    QEventLoop loop;
    const auto check = [&] {
        const bool done = session.state() == Session::State::ready && session.planned()
            && ((session.planned()->plan && !session.planned()->plan->provisional)
                || session.planned()->problem);
        if (done || session.state() == Session::State::partial)
            loop.quit();
    };
    QObject::connect(&session, &Session::planChanged, &loop, check);
    QObject::connect(&session, &Session::stateChanged, &loop, check);
    QObject::connect(&session, &Session::failed, &loop, [&](const Error& error) {
        failure = error;
        loop.quit();
    });
    loop.exec();
    return failure;
}

// The decision with the largest predicted damage: there is something to see about it.
void selectWorst(MainWindow& window)
{
    const auto& planned = window.session().planned();
    if (!planned || !planned->plan)
        return;
    int worst = -1;
    for (std::size_t d = 0; d < planned->plan->choices.size(); ++d)
        if (window.session().profile()->decisions[d].options.size() > 1
            && window.session().profile()->decisions[d].layer >= 0
            && (worst < 0
                || planned->plan->choices[d].damage
                    > planned->plan->choices[static_cast<std::size_t>(worst)].damage))
            worst = static_cast<int>(d);
    if (worst >= 0)
        window.select({worst}, worst);
}

void printLine(const std::string& text) { std::fprintf(stderr, "bitloupe: %s\n", text.c_str()); }

// Whatever is still queued or delayed for drawing.
void settle(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

// Not every window manager makes a window fit that asks for more than the screen has.
void fitToScreen(MainWindow& window)
{
    const QSize frame(0, window.style()->pixelMetric(QStyle::PM_TitleBarHeight));
    window.resize(window.size().boundedTo(window.screen()->availableSize() - frame));
}

int takeScreenshot(MainWindow& window, const GuiOptions& options)
{
    window.resize(options.width, options.height);
    window.show();
    if (options.model) {
        if (const auto failure = waitForPlan(window)) {
            printLine(failure->message());
            return static_cast<int>(exitCodeFor(failure->code));
        }
        window.resetLayout();
        if (options.byDamage)
            window.heatmap().colourBy(ui::ColourChoice::damage);
        selectWorst(window);
    }
    settle(500);
    const QString file = QString::fromLocal8Bit(options.screenshot->string().c_str());
    if (!window.grab().save(file, "PNG")) {
        printLine("could not write the picture to " + options.screenshot->string());
        return static_cast<int>(ExitCode::failed);
    }
    return static_cast<int>(ExitCode::done);
}

} // namespace

int runGui(int argc, char** argv)
{
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("bitloupe"));
    QApplication::setApplicationVersion(QStringLiteral(BITLOUPE_VERSION));
    QApplication::setOrganizationName(QStringLiteral("bitloupe"));
    // Qt has taken its own options out of argc and argv by now.
    const GuiOptions options = readOptions(argc, argv);
    if (options.problem) {
        printLine("expected [--screenshot FILE [--size WxH] [--dark] [--by-damage]] [MODEL]");
        return static_cast<int>(ExitCode::usage);
    }
    // Pictures look alike on every machine, and neither show nor change what a person has set.
    const QTemporaryDir settings;
    if (options.screenshot) {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
    }
    if (options.screenshot || options.dark) {
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
        QApplication::setPalette(ui::plainPalette(options.dark));
    }
    ui::outlineFields();
    ui::useLanguage();
    MainWindow window(sampleModelPath());
    if (options.model)
        window.openPath(*options.model);
    if (options.screenshot)
        return takeScreenshot(window, options);
    fitToScreen(window);
    window.show();
    return QApplication::exec();
}

} // namespace bitloupe
