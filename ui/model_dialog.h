// SPDX-License-Identifier: GPL-3.0-or-later
// Asks for a model on disk: the one place that knows which files may be one.
#pragma once

#include <QString>

#include <filesystem>

class QWidget;

namespace bitloupe::ui {

enum class ModelKind { file, folder };

/// What a person chose; empty: nothing.
std::filesystem::path askForModel(QWidget* parent, ModelKind kind, const QString& title);

} // namespace bitloupe::ui
