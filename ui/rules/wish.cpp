// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rules/wish.h"

#include <algorithm>

namespace bitloupe::ui {
namespace {

void dropEmpty(Wishes& wishes)
{
    wishes.erase(std::remove_if(wishes.begin(), wishes.end(),
                     [](const Wish& one) { return !one.isPattern() && one.byHand.isEmpty(); }),
        wishes.end());
}

int bitsOf(const QMap<int, CodecId>& chosen)
{
    return codec(chosen.first()).bits; // of one wish all have the same
}

// The last wish by hand that can take more: nothing after it may overrule what is added.
Wish* wishToExtend(Wishes& wishes, Rule::Kind kind, int bits)
{
    for (auto wish = wishes.rbegin(); wish != wishes.rend(); ++wish) {
        if (wish->isPattern())
            return nullptr;
        if (wish->kind == kind && wish->enabled && bitsOf(wish->byHand) == bits)
            return &*wish;
    }
    return nullptr;
}

} // namespace

std::vector<Rule> rulesOf(const Wishes& wishes, QVector<int>* owners)
{
    std::vector<Rule> rules;
    const auto add = [&](Rule rule, qsizetype owner) {
        rules.push_back(std::move(rule));
        if (owners)
            owners->append(static_cast<int>(owner));
    };
    for (qsizetype w = 0; w < wishes.size(); ++w) {
        const Wish& wish = wishes[w];
        if (!wish.enabled)
            continue;
        if (wish.isPattern())
            add({wish.kind, wish.pattern.toStdString(), std::nullopt, wish.codec}, w);
        else
            for (auto one = wish.byHand.cbegin(); one != wish.byHand.cend(); ++one)
                add({wish.kind, {}, static_cast<std::uint32_t>(one.key()), one.value()}, w);
    }
    return rules;
}

QMap<int, CodecId> chosenByHand(const Wishes& wishes, Rule::Kind kind)
{
    QMap<int, CodecId> chosen;
    for (const Wish& wish : wishes)
        if (wish.enabled && !wish.isPattern() && wish.kind == kind)
            chosen.insert(wish.byHand);
    return chosen;
}

Wishes withChosen(Wishes wishes, Rule::Kind kind, const QMap<int, CodecId>& chosen)
{
    wishes = withoutChosen(std::move(wishes), chosen.keys().toVector());
    QMap<int, QMap<int, CodecId>> byBits;
    for (auto one = chosen.cbegin(); one != chosen.cend(); ++one)
        byBits[codec(one.value()).bits].insert(one.key(), one.value());
    for (auto group = byBits.cbegin(); group != byBits.cend(); ++group) {
        if (Wish* wish = wishToExtend(wishes, kind, group.key()))
            wish->byHand.insert(group.value());
        else
            wishes.append(Wish {kind, {}, {}, group.value()});
    }
    return wishes;
}

Wishes withoutChosen(Wishes wishes, const QVector<int>& decisions)
{
    for (Wish& wish : wishes)
        for (const int decision : decisions)
            wish.byHand.remove(decision);
    dropEmpty(wishes);
    return wishes;
}

Wishes withoutKind(Wishes wishes, Rule::Kind kind)
{
    wishes.erase(std::remove_if(wishes.begin(), wishes.end(),
                     [kind](const Wish& one) { return !one.isPattern() && one.kind == kind; }),
        wishes.end());
    return wishes;
}

} // namespace bitloupe::ui
