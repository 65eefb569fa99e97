// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/sentencepiece_model.h"

#include "base/text.h"

#include <cmath>
#include <cstring>
#include <optional>

namespace bitloupe {
namespace {

constexpr std::size_t mostPieces = 4'000'000;

Error broken(std::string detail)
{
    return {Errc::badConfig, "tokenizer.model", std::move(detail)};
}

struct Field {
    std::uint64_t number = 0;
    std::uint64_t value = 0; // of varints and fixed numbers
    std::string_view bytes; // of strings and messages
};

// Walks the fields of one message; the text is never read past its end.
class Message {
public:
    explicit Message(std::string_view bytes)
        : m_left(bytes)
    {
    }

    bool atEnd() const { return m_left.empty(); }

    std::optional<Field> next()
    {
        const auto key = varint();
        if (!key)
            return std::nullopt;
        Field field;
        field.number = *key >> 3;
        switch (*key & 7) {
        case 0: {
            const auto value = varint();
            if (!value)
                return std::nullopt;
            field.value = *value;
            return field;
        }
        case 1: return fixed(field, 8);
        case 2: {
            const auto length = varint();
            if (!length || *length > m_left.size())
                return std::nullopt;
            field.bytes = m_left.substr(0, static_cast<std::size_t>(*length));
            m_left.remove_prefix(field.bytes.size());
            return field;
        }
        case 5: return fixed(field, 4);
        default: return std::nullopt; // groups are not in use
        }
    }

private:
    std::optional<std::uint64_t> varint()
    {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64 && !m_left.empty(); shift += 7) {
            const auto byte = static_cast<std::uint8_t>(m_left.front());
            m_left.remove_prefix(1);
            value |= std::uint64_t {byte & 0x7fU} << shift;
            if ((byte & 0x80U) == 0)
                return value;
        }
        return std::nullopt;
    }

    std::optional<Field> fixed(Field field, std::size_t size)
    {
        if (m_left.size() < size)
            return std::nullopt;
        std::memcpy(&field.value, m_left.data(), size);
        m_left.remove_prefix(size);
        return field;
    }

    std::string_view m_left;
};

Result<SentencePiece> readPiece(std::string_view bytes)
{
    SentencePiece piece;
    for (Message message(bytes); !message.atEnd();) {
        const auto field = message.next();
        if (!field)
            return broken("a piece ends too early");
        if (field->number == 1) {
            piece.text = std::string(field->bytes);
        } else if (field->number == 2) {
            const auto bits = static_cast<std::uint32_t>(field->value);
            std::memcpy(&piece.score, &bits, sizeof bits);
        } else if (field->number == 3) {
            if (field->value < 1 || field->value > 6)
                return broken("found a piece of type " + std::to_string(field->value)
                    + ", expected 1 to 6");
            piece.type = static_cast<std::int32_t>(field->value);
        }
    }
    if (!isUtf8(piece.text))
        return broken("found a piece that is not UTF-8: " + printable(piece.text, 60));
    if (!std::isfinite(piece.score))
        return broken("found a score that is no number, of " + printable(piece.text, 60));
    return piece;
}

Result<void> readTrainer(std::string_view bytes, SentencePieceModel& model)
{
    for (Message message(bytes); !message.atEnd();) {
        const auto field = message.next();
        if (!field)
            return broken("the trainer's settings end too early");
        if (field->number != 3)
            continue;
        if (field->value < 1 || field->value > 4)
            return broken("found model type " + std::to_string(field->value) + ", expected 1 to 4");
        model.kind = static_cast<SentencePieceKind>(field->value);
    }
    return {};
}

Result<void> readNormalizer(std::string_view bytes, SentencePieceModel& model)
{
    for (Message message(bytes); !message.atEnd();) {
        const auto field = message.next();
        if (!field)
            return broken("the normalizer's settings end too early");
        if (field->number == 2)
            model.hasCharacterMap = !field->bytes.empty();
        else if (field->number == 3)
            model.addsSpacePrefix = field->value != 0;
        else if (field->number == 4)
            model.removesExtraSpaces = field->value != 0;
        else if (field->number == 5)
            model.replacesSpaces = field->value != 0;
    }
    return {};
}

} // namespace

Result<SentencePieceModel> readSentencePieceModel(std::string_view bytes)
{
    SentencePieceModel model;
    for (Message message(bytes); !message.atEnd();) {
        const auto field = message.next();
        if (!field)
            return broken("it ends too early, or is no SentencePiece model");
        Result<void> done;
        if (field->number == 1) {
            auto piece = readPiece(field->bytes);
            if (!piece)
                return piece.error();
            if (model.pieces.size() == mostPieces)
                return broken("found more than " + groupedText(mostPieces) + " pieces");
            model.pieces.push_back(std::move(*piece));
        } else if (field->number == 2) {
            done = readTrainer(field->bytes, model);
        } else if (field->number == 3) {
            done = readNormalizer(field->bytes, model);
        }
        if (!done)
            return done.error();
    }
    if (model.pieces.empty())
        return broken("found no pieces");
    return model;
}

} // namespace bitloupe
