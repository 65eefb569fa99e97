// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/core_words.h"

#include "base/text.h"
#include "ui/qt_text.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <cstring>
#include <vector>

namespace bitloupe::ui {
namespace {

// Sentences with a placeholder stand for any text there, in this order; tests compare the list with
// what the core says.
constexpr const char* words[] = {
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
    QT_TRANSLATE_NOOP("Core", "unknown purpose"),
    QT_TRANSLATE_NOOP("Core", "%1 is not decoded"),
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
    // Why all of a model is of a lower tier.
    QT_TRANSLATE_NOOP("Core", "the model is quantized already: %1"),
    QT_TRANSLATE_NOOP("Core",
        "there is no general.architecture that says how attention is computed"),
    QT_TRANSLATE_NOOP("Core", "there is no config.json that says how attention is computed"),
    QT_TRANSLATE_NOOP("Core", "the attention of the architecture %1 is not known"),
    QT_TRANSLATE_NOOP("Core", "clipping of q, k and v is not known"),
    QT_TRANSLATE_NOOP("Core", "there is no embedding matrix that can be read"),
    QT_TRANSLATE_NOOP("Core", "the embeddings have a norm, which its architecture does not"),
    QT_TRANSLATE_NOOP("Core", "there is no final norm"),
    QT_TRANSLATE_NOOP("Core", "there is no head that turns states into logits"),
    QT_TRANSLATE_NOOP("Core", "%1 has two norms in the same place"),
    QT_TRANSLATE_NOOP("Core", "%1 has no norm that is known"),
    QT_TRANSLATE_NOOP("Core", "%1 does not have the norms of its architecture"),
    QT_TRANSLATE_NOOP("Core", "%1 has two tensors for %2"),
    QT_TRANSLATE_NOOP("Core", "%1 holds %2, which its architecture does not"),
    QT_TRANSLATE_NOOP("Core", "there are no layers"),
    QT_TRANSLATE_NOOP("Core", "not all layers are there: found %1, expected %2"),
    QT_TRANSLATE_NOOP("Core", "positions are learnt, which is not supported"),
    QT_TRANSLATE_NOOP("Core", "writing text takes %1 of memory, found %2"),
    QT_TRANSLATE_NOOP("Core", "the gradients did not stay finite"),
    // What is wrong with a rule's pattern.
    QT_TRANSLATE_NOOP("Core", "found a pattern of %1 bytes, expected at most %2"),
    QT_TRANSLATE_NOOP("Core", "expected a regular expression without back references"),
    QT_TRANSLATE_NOOP("Core", "expected a simpler regular expression"),
    QT_TRANSLATE_NOOP("Core", "expected a regular expression, found [ without its ]"),
    QT_TRANSLATE_NOOP("Core",
        "expected a regular expression, found ( or ) without the other, or nothing to repeat"),
    QT_TRANSLATE_NOOP("Core", "expected a regular expression, found { or } without the other"),
    QT_TRANSLATE_NOOP("Core", "expected a regular expression, found no count between { and }"),
    QT_TRANSLATE_NOOP("Core", "expected a regular expression, found a range from high to low"),
    QT_TRANSLATE_NOOP("Core", "expected a regular expression, found \\ before what it cannot mean"),
    QT_TRANSLATE_NOOP("Core", "expected a regular expression, found nothing to repeat"),
    QT_TRANSLATE_NOOP("Core", "expected a regular expression, found an unknown class of signs"),
    QT_TRANSLATE_NOOP("Core", "expected a regular expression"),
    // What was odd when a model was opened.
    QT_TRANSLATE_NOOP("Core", "there is none; roles come from the names alone"),
    QT_TRANSLATE_NOOP("Core",
        "there is no such text, which clients demand; roles come from the names alone"),
    QT_TRANSLATE_NOOP("Core", "is a link out of the folder, to %1"),
    QT_TRANSLATE_NOOP("Core", "%1 is not a list of counts; ignored"),
    QT_TRANSLATE_NOOP("Core", "is not a list of counts; ignored"),
    QT_TRANSLATE_NOOP("Core", "%1 makes no sense (%2 out of range or of the wrong type); ignored"),
    QT_TRANSLATE_NOOP("Core", "makes no sense (out of range or of the wrong type); ignored"),
    QT_TRANSLATE_NOOP("Core", "%1 is neither true nor false; ignored"),
    QT_TRANSLATE_NOOP("Core", "%1 is not a positive number; ignored"),
    QT_TRANSLATE_NOOP("Core", "is not a positive number; ignored"),
    QT_TRANSLATE_NOOP("Core", "%1 is not a list of positive numbers; ignored"),
    QT_TRANSLATE_NOOP("Core", "%1 is not a list of flags; ignored"),
    QT_TRANSLATE_NOOP("Core", "%1 does not have one number a layer; ignored"),
    QT_TRANSLATE_NOOP("Core",
        "tie_word_embeddings is false, but there is no lm_head; taken as tied"),
    QT_TRANSLATE_NOOP("Core", "%1 is %2, but the tensors show %3; the tensors count"),
    QT_TRANSLATE_NOOP("Core", "%1 is %2, but the tensors show %3"),
    QT_TRANSLATE_NOOP("Core",
        "which layers attend to a window alone is not known; all are counted as attending to "
        "everything"),
    QT_TRANSLATE_NOOP("Core",
        "this source is already %1 and other types: requantizing adds error to what it lost"),
    QT_TRANSLATE_NOOP("Core", "this source is already %1: requantizing adds error to what it lost"),
    QT_TRANSLATE_NOOP("Core", "%1 tensors are of types that are not analysed"),
    QT_TRANSLATE_NOOP("Core", "%1 bytes follow the last tensor; they are not read"),
    QT_TRANSLATE_NOOP("Core",
        "%1 tensors of the files are not in the index; they are read all the same"),
    QT_TRANSLATE_NOOP("Core",
        "there is no model.safetensors.index.json; all %1 model*.safetensors were read"),
    QT_TRANSLATE_NOOP("Core", "not used, because there is a model.safetensors beside it"),
    QT_TRANSLATE_NOOP("Core", "one shard of %1 without an index; the others were not read"),
    QT_TRANSLATE_NOOP("Core", "%1 more warnings are not listed"),
    // What a target will do, or cannot.
    QT_TRANSLATE_NOOP("Core", "1 tensor not written, %1: %2"),
    QT_TRANSLATE_NOOP("Core", "%1 tensors not written, %2: %3 and others"),
    QT_TRANSLATE_NOOP("Core", "FP8 scales, multiplied into their weights"),
    QT_TRANSLATE_NOOP("Core", "no floats (%1)"),
    QT_TRANSLATE_NOOP("Core", "rotary table, which the client computes"),
    QT_TRANSLATE_NOOP("Core", "auxiliary tensor"),
    QT_TRANSLATE_NOOP("Core", "vision part, which mlx-lm does not load"),
    QT_TRANSLATE_NOOP("Core", "token prediction layer, which mlx-lm does not load"),
    QT_TRANSLATE_NOOP("Core", "%1 not written: the embedding is the output head as well"),
    QT_TRANSLATE_NOOP("Core",
        "The configuration promises an output head that the files do not have; written as tied to "
        "the embedding"),
    QT_TRANSLATE_NOOP("Core",
        "%1 tensors are stored as %2; what stays unquantized of them is rounded to %3"),
    QT_TRANSLATE_NOOP("Core", "config.json: %1, so the result may not load"),
    QT_TRANSLATE_NOOP("Core",
        "Names are kept as they are: model_type %1 is unknown here, so the result may not load"),
    QT_TRANSLATE_NOOP("Core",
        "%1 tensors have rows that are no multiple of %2 (%3 and others): planned with the types "
        "of blocks of %4, there are no K types for them"),
    QT_TRANSLATE_NOOP("Core",
        "%1 tensors have rows that are no multiple of %2 (%3): planned with the types of blocks of "
        "%4, there are no K types for them"),
    QT_TRANSLATE_NOOP("Core", "%1 tensors are copied as they are (%2): %3 and others"),
    QT_TRANSLATE_NOOP("Core", "%1 tensors are copied as they are (%2): %3"),
    QT_TRANSLATE_NOOP("Core", "What stays unquantized of %1 tensors is rounded to %2"),
    QT_TRANSLATE_NOOP("Core",
        "%1 tensors are quantized already; encoding them again adds error to what they lost"),
    QT_TRANSLATE_NOOP("Core",
        "Attention is limited to the last %1 tokens by the configuration; llama.cpp attends to all "
        "of them in %2"),
    QT_TRANSLATE_NOOP("Core", "Written without a tokenizer: %1"),
    QT_TRANSLATE_NOOP("Core", "%1 is not UTF-8 and is left out"),
    QT_TRANSLATE_NOOP("Core", "Token %1 is left out: the embedding has no row for it"),
    QT_TRANSLATE_NOOP("Core",
        "The tokenizer's normalizer %1 has no counterpart in GGUF: text should come composed as it "
        "leaves it"),
    QT_TRANSLATE_NOOP("Core",
        "tokenizer.model maps characters to others and removes extra spaces, which llama.cpp does "
        "not: text should come as that leaves it"),
    QT_TRANSLATE_NOOP("Core",
        "tokenizer.model maps characters to others, which llama.cpp does not: text should come as "
        "that leaves it"),
    QT_TRANSLATE_NOOP("Core",
        "tokenizer.model removes extra spaces, which llama.cpp does not: text should come as that "
        "leaves it"),
    QT_TRANSLATE_NOOP("Core",
        "llama.cpp's rule %1 parts combining marks (Hindi, Thai, some emoji) from their letters, "
        "which the tokenizer does not"),
    QT_TRANSLATE_NOOP("Core", "%1 holds NaN or infinity and is kept unquantized"),
    QT_TRANSLATE_NOOP("Core",
        "Tensors with types that cannot be taken over have the next larger one: %1"),
    QT_TRANSLATE_NOOP("Core", "imatrix: used for %1 tensors"),
    QT_TRANSLATE_NOOP("Core", "imatrix: %1 tensors have an entry of another size, or of zeros"),
};

// An English sentence with placeholders, as an expression with a group for each.
struct Sentence {
    const char* english;
    QRegularExpression pattern;
};

std::vector<Sentence> makeSentences()
{
    static const QRegularExpression placeholder(QStringLiteral("%[1-9]"));
    std::vector<Sentence> found;
    for (const char* one : words) {
        const QStringList pieces = QString::fromUtf8(one).split(placeholder);
        if (pieces.size() == 1)
            continue;
        QStringList escaped;
        for (const QString& piece : pieces)
            escaped.append(QRegularExpression::escape(piece));
        found.push_back({one,
            QRegularExpression(QRegularExpression::anchoredPattern(
                                   escaped.join(QStringLiteral("(.+?)"))),
                QRegularExpression::DotMatchesEverythingOption)});
    }
    // The one that says most itself comes first: the others may match with more than was meant.
    std::stable_sort(found.begin(), found.end(), [](const Sentence& a, const Sentence& b) {
        return std::strlen(a.english) > std::strlen(b.english);
    });
    return found;
}

// In one go: what is filled in may look like a placeholder.
QString filled(const QString& text, const QStringList& values)
{
    QString out;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const int number = text[i] == u'%' && i + 1 < text.size() ? text[i + 1].digitValue() : -1;
        if (number >= 1 && number <= values.size()) {
            out += values[number - 1];
            ++i;
        } else {
            out += text[i];
        }
    }
    return out;
}

QString exactly(const QString& english)
{
    return QCoreApplication::translate("Core", english.toUtf8().constData());
}

} // namespace

QString translated(std::string_view english)
{
    const QString plain = toQt(printable(english, 600));
    if (const QString exact = exactly(plain); exact != plain)
        return exact;
    static const std::vector<Sentence> sentences = makeSentences();
    for (const Sentence& one : sentences) {
        const auto match = one.pattern.match(plain);
        if (!match.hasMatch())
            continue;
        QStringList values = match.capturedTexts().mid(1);
        for (QString& value : values)
            value = translated(value.toStdString()); // sentences in sentences
        return filled(QCoreApplication::translate("Core", one.english), values);
    }
    return plain;
}

} // namespace bitloupe::ui
