// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/why_text.h"

#include "ui/core_words.h"
#include "ui/qt_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace bitloupe::ui {
namespace {

struct Why {
    Q_DECLARE_TR_FUNCTIONS(bitloupe::ui::Why)
};

// Block types have names that people know, and several of them the same bits.
QString bitsOf(const Codec& codec)
{
    if (codec.family == CodecFamily::block)
        return toQt(dtypeInfo(codec.storedType).name);
    return codec.family == CodecFamily::stored ? toQt(codec.name)
                                               : Why::tr("%n bits", nullptr, codec.bits);
}

QString fullOf(const Codec& codec)
{
    return codec.family != CodecFamily::affine
        ? bitsOf(codec)
        : Why::tr("%1, group %2").arg(bitsOf(codec)).arg(codec.groupSize);
}

// "5 to 6 bits", or with groups where the bits are the same.
QString stepOf(const Codec& from, const Codec& to)
{
    const bool alike = from.family == to.family && from.family != CodecFamily::block;
    if (alike && from.bits == to.bits)
        return Why::tr("group %1 to %2 at %3").arg(from.groupSize).arg(to.groupSize).arg(bitsOf(to));
    return Why::tr("%1 to %2")
        .arg(alike ? QLocale().toString(from.bits) : bitsOf(from), bitsOf(to));
}

QString ruleOf(const Explanation& e)
{
    if (e.byHand)
        return Why::tr("hand");
    return e.pattern.empty() ? Why::tr("a rule") : Why::tr("the rule %1").arg(nameToQt(e.pattern, 80));
}

QString decibels(double value, int digits) { return QLocale().toString(value, 'f', digits); }

QString headOf(const Explanation& e)
{
    using Head = Explanation::Head;
    const QString chosen = fullOf(codec(e.chosen));
    switch (e.head) {
    case Head::kept: return Why::tr("Kept at %1: %2.").arg(chosen, translated(e.reason));
    case Head::pinned: return Why::tr("Pinned to %1 by %2.").arg(chosen, ruleOf(e));
    case Head::floored: return Why::tr("Kept at %1 or more by %2.").arg(chosen, ruleOf(e));
    case Head::belowFloor:
        return Why::tr("%1 would fall below the floor of %2 dB (%3 dB).")
            .arg(fullOf(codec(e.below)), QLocale().toString(e.floorDb), decibels(e.belowDb, 1));
    case Head::uniform: return Why::tr("The uniform plan gives every tensor %1.").arg(chosen);
    case Head::fallback:
        return (e.bySwan
                ? Why::tr("SWAN's codec cannot hold its %1 columns; %2 is the nearest that can.")
                : Why::tr("The uniform codec cannot hold its %1 columns; %2 is the nearest that can."))
            .arg(countToQt(e.columns), chosen);
    case Head::swanProtected: return Why::tr("SWAN's rule protects it: %1.").arg(chosen);
    case Head::swanUnknown:
        return Why::tr("Its composite score is unknown yet; SWAN's rule then gives %1.").arg(chosen);
    case Head::swanScored:
        return Why::tr("SWAN's rule gives %1 at its composite score of %2.")
            .arg(chosen, decibels(e.composite, 2));
    case Head::mint: return Why::tr("MINT's knapsack gives it %1.").arg(chosen);
    case Head::stepped:
        return Why::tr("The step from %1 removed %2.")
            .arg(stepOf(codec(*e.before), codec(e.chosen)), scoreToQt(e.removed, 2));
    case Head::smallest: return Why::tr("%1 is the smallest choice it has.").arg(chosen);
    }
    return {};
}

QString nextOf(const Explanation& e)
{
    if (!e.next)
        return Why::tr("No larger choice would remove any more.");
    const Codec &from = codec(e.chosen), &to = codec(*e.next);
    const QString next = from.bits == to.bits ? fullOf(to) : bitsOf(to);
    const QString text = e.edge == Explanation::Edge::othersBuyMore
        ? Why::tr("The next step, %1, would remove %2 for %3 bytes; others buy more.")
        : e.edge == Explanation::Edge::notLeft
        ? Why::tr("The next step, %1, would remove %2 for %3 bytes; so many are not left in the budget.")
        : Why::tr("The next step, %1, would remove %2 for %3 bytes.");
    return text.arg(next, scoreToQt(e.gain, 2), countToQt(e.bytes));
}

QString tierOf(const Explanation& e)
{
    const QString how = e.tier >= 3 ? Why::tr("Its damage is predicted with gradients (tier 3).")
        : e.tier == 2 ? Why::tr("Its damage is predicted by a forward probe (tier 2).")
                      : Why::tr("Its damage is predicted from its weights alone (tier 1).");
    return e.tierNote.empty()
        ? how
        : Why::tr("%1 Reason: %2.").arg(how, translated(e.tierNote));
}

} // namespace

QString whyText(const Explanation& explanation)
{
    QStringList sentences = {headOf(explanation)};
    if (explanation.saysNext)
        sentences.append(nextOf(explanation));
    if (explanation.tier > 0)
        sentences.append(tierOf(explanation));
    return sentences.join(QLatin1Char(' '));
}

} // namespace bitloupe::ui
