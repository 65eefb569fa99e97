// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model_dialog.h"

#include "ui/qt_text.h"

#include <QCoreApplication>
#include <QFileDialog>

namespace bitloupe::ui {

std::filesystem::path askForModel(QWidget* parent, ModelKind kind, const QString& title)
{
    const QString path = kind == ModelKind::folder
        ? QFileDialog::getExistingDirectory(parent, title)
        : QFileDialog::getOpenFileName(parent, title, {},
            QCoreApplication::translate("bitloupe::ui::ModelDialog",
                "Models (*.safetensors *.index.json *.gguf);;All files (*)"));
    return toPath(path);
}

} // namespace bitloupe::ui
