// SPDX-License-Identifier: GPL-3.0-or-later
// A Llama model of chosen size with noise for weights, written without the program's own writer.
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>

namespace bitloupe::test {

struct MadeModel {
    int hidden = 128;
    int intermediate = 256;
    int layers = 1;
    int vocabulary = 64;
    bool nanInFirst = false; // one NaN in the first matrix
};

/// Writes config.json and model.safetensors (BF16) into the new directory; false on failure.
bool writeModel(const QString& directory, const MadeModel& model);

/// A safetensors file: length, header, data.
QByteArray safetensors(const QJsonObject& header, const QByteArray& data);

} // namespace bitloupe::test
