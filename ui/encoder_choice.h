// SPDX-License-Identifier: GPL-3.0-or-later
// Which encoders an export may use, and why not the others.
#pragma once

#include "ui/session.h"

class QComboBox;

namespace bitloupe::ui {

struct EncoderChoice {
    Encoder encoder = Encoder::search;
    QString title;
    QString tip; // what it does
    QString obstacle; // why it cannot be had; empty: it can
};

/// All of them, simplest first.
QVector<EncoderChoice> encoderChoices(const Session& session);

/// The best one that depth of probe and model allow.
Encoder defaultEncoder(const Session& session);

/// One entry a choice, those with an obstacle disabled and with it as tool tip.
void fillEncoders(QComboBox& box, const QVector<EncoderChoice>& choices, Encoder chosen);

} // namespace bitloupe::ui
