// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/core_words.h"

#include <QCoreApplication>

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
};

} // namespace

QString translated(std::string_view english)
{
    return QCoreApplication::translate("Core", std::string(english).c_str());
}

} // namespace bitloupe::ui
