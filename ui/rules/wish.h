// SPDX-License-Identifier: GPL-3.0-or-later
// What a person asks of a plan, in the order and the groups they asked: the rows of the list of
// rules. Plain data; the solver gets it as rules.
#pragma once

#include "plan/plan.h"

#include <QMap>
#include <QString>
#include <QVector>

#include <vector>

namespace bitloupe::ui {

/// Either a pattern with one codec, or decisions chosen by hand with a codec each.
struct Wish {
    Rule::Kind kind = Rule::Kind::pin;
    QString pattern {};
    CodecId codec {}; // of the pattern
    QMap<int, CodecId> byHand {}; // used when the pattern is empty
    bool enabled = true;

    bool isPattern() const { return !pattern.isEmpty(); }
    friend bool operator==(const Wish&, const Wish&) = default;
};
using Wishes = QVector<Wish>;

/// The enabled wishes as rules; `owners` gets the number of the wish of each.
std::vector<Rule> rulesOf(const Wishes& wishes, QVector<int>* owners = nullptr);

/// Codecs asked for by hand and not switched off.
QMap<int, CodecId> chosenByHand(const Wishes& wishes, Rule::Kind kind);

/// With these decisions chosen by hand: taken out of what was asked by hand before, and added to a
/// wish for the same bits unless a pattern would then overrule them.
Wishes withChosen(Wishes wishes, Rule::Kind kind, const QMap<int, CodecId>& chosen);

/// Without what was asked by hand for these decisions.
Wishes withoutChosen(Wishes wishes, const QVector<int>& decisions);

/// Without anything asked by hand of one kind.
Wishes withoutKind(Wishes wishes, Rule::Kind kind);

} // namespace bitloupe::ui
