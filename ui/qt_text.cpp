// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/qt_text.h"

#include "base/text.h"

#include <QCoreApplication>
#include <QFile>
#include <QLocale>
#include <QRegularExpression>

#include <cmath>

namespace bitloupe::ui {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("bitloupe::ui", text); }

} // namespace

QString toQt(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString nameToQt(std::string_view name, std::size_t maxBytes)
{
    return toQt(printable(name, maxBytes));
}

std::filesystem::path toPath(const QString& path)
{
    return std::filesystem::path(QFile::encodeName(path).toStdString());
}

QString pathToQt(const std::filesystem::path& path)
{
    return QFile::decodeName(QByteArray::fromStdString(path.string()));
}

QString errorSentence(const Error& error) { return toQt(error.message()); }

QString errorHint(Errc code)
{
    switch (code) {
    case Errc::truncated:
        return tr("The download may not have finished; fetch the file again.");
    case Errc::notAModel:
        return tr("Open a folder with config.json and .safetensors files, one of those files, or a "
                  "GGUF file.");
    case Errc::alreadyQuantized:
        return tr("Open the original weights to export them in another format.");
    case Errc::infeasibleBudget:
        return tr("Raise the budget, or remove pins and floors.");
    case Errc::targetExists:
        return tr("Choose a new name; nothing is ever overwritten.");
    case Errc::noSpace:
        return tr("Free some space, or choose another disk.");
    case Errc::changedOnDisk:
        return tr("Open the model again when nothing writes to it.");
    case Errc::badWeights:
        return tr("Look at the findings to see which tensors are damaged.");
    case Errc::outOfMemory:
        return tr("Close other programs and try again.");
    default:
        return {};
    }
}

QString sizeToQt(std::uint64_t bytes)
{
    return QLocale().formattedDataSize(
        static_cast<qint64>(bytes), bytes >= 1'000'000'000 ? 2 : 1, QLocale::DataSizeSIFormat);
}

QString countToQt(std::uint64_t count) { return QLocale().toString(static_cast<qulonglong>(count)); }

QString scoreToQt(double value, int digits)
{
    if (std::isnan(value))
        return QCoreApplication::translate("Numbers", "unknown");
    const double size = std::abs(value);
    const bool plain = size == 0 || (size >= 1e-4 && size < 1e6);
    if (!plain)
        return QLocale().toString(value, 'e', digits - 1);
    const int before = size == 0 ? 1 : static_cast<int>(std::floor(std::log10(size))) + 1;
    return QLocale().toString(value, 'f', std::max(0, digits - before));
}

QString parametersToQt(std::uint64_t count)
{
    const double value = static_cast<double>(count);
    const QLocale locale;
    if (value >= 1e9)
        return QCoreApplication::translate("Numbers", "%1 B").arg(locale.toString(value / 1e9, 'f', 2));
    if (value >= 1e6)
        return QCoreApplication::translate("Numbers", "%1 M").arg(locale.toString(value / 1e6, 'f', 1));
    return locale.toString(static_cast<qulonglong>(count));
}

QString shellWord(const QString& text)
{
    static const QRegularExpression plain(QStringLiteral("\\A[A-Za-z0-9_@%+=:,./][A-Za-z0-9_@%+=:,./-]*\\z"));
    if (plain.match(text).hasMatch())
        return text;
    QString quoted = text;
    quoted.replace(QLatin1Char('\''), QLatin1String("'\\''"));
    return QLatin1Char('\'') + quoted + QLatin1Char('\'');
}

} // namespace bitloupe::ui
