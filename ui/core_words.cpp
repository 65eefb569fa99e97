// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/core_words.h"

#include "base/text.h"
#include "ui/qt_text.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

namespace bitloupe::ui {
namespace {

// Seen by the translators' tools alone; a test compares it with what the core says.
[[maybe_unused]] constexpr const char* words[] = {
    QT_TRANSLATE_NOOP("Core", "cannot read"),
    QT_TRANSLATE_NOOP("Core", "cannot write"),
    QT_TRANSLATE_NOOP("Core", "not a model that can be opened"),
    QT_TRANSLATE_NOOP("Core", "the file is incomplete"),
    QT_TRANSLATE_NOOP("Core", "the header is too large"),
    QT_TRANSLATE_NOOP("Core", "the header is damaged"),
    QT_TRANSLATE_NOOP("Core", "the JSON text is damaged"),
    QT_TRANSLATE_NOOP("Core", "the tensor offsets are wrong"),
    QT_TRANSLATE_NOOP("Core", "two tensors overlap"),
    QT_TRANSLATE_NOOP("Core", "a tensor name occurs twice"),
    QT_TRANSLATE_NOOP("Core", "the tensor shape is wrong"),
    QT_TRANSLATE_NOOP("Core", "unknown dtype"),
    QT_TRANSLATE_NOOP("Core", "a size is too large"),
    QT_TRANSLATE_NOOP("Core", "the shard index is wrong"),
    QT_TRANSLATE_NOOP("Core", "the configuration is wrong"),
    QT_TRANSLATE_NOOP("Core", "the file does not fit this model"),
    QT_TRANSLATE_NOOP("Core", "a value makes no sense"),
    QT_TRANSLATE_NOOP("Core", "not supported"),
    QT_TRANSLATE_NOOP("Core", "the model is already quantized"),
    QT_TRANSLATE_NOOP("Core", "the source changed on disk"),
    QT_TRANSLATE_NOOP("Core", "the weights hold NaN or infinity"),
    QT_TRANSLATE_NOOP("Core", "no plan fits the budget"),
    QT_TRANSLATE_NOOP("Core", "the target cannot be used"),
    QT_TRANSLATE_NOOP("Core", "not enough free space"),
    QT_TRANSLATE_NOOP("Core", "verification failed"),
    QT_TRANSLATE_NOOP("Core", "cancelled"),
    QT_TRANSLATE_NOOP("Core", "out of memory"),
    QT_TRANSLATE_NOOP("Core", "Spectral concentration"),
    QT_TRANSLATE_NOOP("Core", "Kurtosis"),
    QT_TRANSLATE_NOOP("Core", "Output noise"),
    QT_TRANSLATE_NOOP("Core", "4-bit error"),
    QT_TRANSLATE_NOOP("Core", "SWAN composite"),
    QT_TRANSLATE_NOOP("Core", "SWAN v1 composite"),
    QT_TRANSLATE_NOOP("Core", "Largest |w| in sigmas"),
    QT_TRANSLATE_NOOP("Core", "Apple silicon, mlx-lm"),
    QT_TRANSLATE_NOOP("Core", "llama.cpp, Ollama, LM Studio"),
    QT_TRANSLATE_NOOP("Core", "analysing"),
    QT_TRANSLATE_NOOP("Core", "spectrum"),
    QT_TRANSLATE_NOOP("Core", "checking"),
    QT_TRANSLATE_NOOP("Core", "encoding"),
    QT_TRANSLATE_NOOP("Core", "syncing"),
    QT_TRANSLATE_NOOP("Core", "verifying"),
    QT_TRANSLATE_NOOP("Core", "writing self-text"),
    // Why a target keeps a tensor.
    QT_TRANSLATE_NOOP("Core", "norm"),
    QT_TRANSLATE_NOOP("Core", "bias"),
    QT_TRANSLATE_NOOP("Core", "router"),
    QT_TRANSLATE_NOOP("Core", "1-D tensor"),
    QT_TRANSLATE_NOOP("Core", "vision part"),
    QT_TRANSLATE_NOOP("Core", "not a matrix"),
    QT_TRANSLATE_NOOP("Core", "not a weight"),
    QT_TRANSLATE_NOOP("Core", "not the weight of a module"),
    QT_TRANSLATE_NOOP("Core", "split by the client when it loads"),
    QT_TRANSLATE_NOOP("Core", "llama.cpp never quantizes it"),
    QT_TRANSLATE_NOOP("Core", "%1 columns, not a multiple of %2"),
    // Why a tensor's damage is of a lower tier than others'.
    QT_TRANSLATE_NOOP("Core", "no token of the panel reached this expert"),
    QT_TRANSLATE_NOOP("Core", "no token of the panel reached %1 of %2 experts"),
    QT_TRANSLATE_NOOP("Core", "the moments are too large for a number of %1 bits"),
    QT_TRANSLATE_NOOP("Core", "the probe does not reach this tensor"),
};

} // namespace

QString translated(std::string_view english)
{
    const std::string plain = printable(english, 400);
    const QString exact = QCoreApplication::translate("Core", plain.c_str());
    if (exact != toQt(plain))
        return exact;
    // A sentence with numbers is looked up without them.
    static const QRegularExpression number(QStringLiteral("\\d+"));
    QString sentence;
    QStringList numbers;
    qsizetype end = 0;
    for (auto match = number.globalMatch(exact); match.hasNext();) {
        const auto found = match.next();
        numbers.append(found.captured());
        sentence += exact.mid(end, found.capturedStart() - end)
            + QStringLiteral("%%1").arg(numbers.size());
        end = found.capturedEnd();
    }
    sentence += exact.mid(end);
    QString text = QCoreApplication::translate("Core", sentence.toUtf8().constData());
    if (numbers.isEmpty() || numbers.size() > 9 || text == sentence)
        return exact;
    for (qsizetype i = 0; i < numbers.size(); ++i)
        text.replace(QStringLiteral("%%1").arg(i + 1), numbers[i]);
    return text;
}

} // namespace bitloupe::ui
