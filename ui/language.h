// SPDX-License-Identifier: GPL-3.0-or-later
// Which language the window speaks: the system's, or one that was chosen; from the next start on.
#pragma once

#include <QString>
#include <QVector>

class QMenu;
class QWidget;

namespace bitloupe::ui {

struct Language {
    QString code; // "de"; empty: the system's
    QString name; // in itself
};

/// The system's first, then those that there are translations for.
QVector<Language> languages();
QString savedLanguage();
void saveLanguage(const QString& code);

/// Loads the translation of a language into the application; the saved one where `code` is null.
/// True when there is one; English needs none. Call before the first window.
bool useLanguage(const QString& code = {});

} // namespace bitloupe::ui
