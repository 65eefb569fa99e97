// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QSettings>
#include <QTranslator>

// Of a static library: the linker would drop it unasked. Outside of namespaces, as Qt wants it.
static void addTranslations() { Q_INIT_RESOURCE(translations); }

namespace bitloupe::ui {

QVector<Language> languages()
{
    return {{QString(), QCoreApplication::translate("Language", "As the system")},
        {QStringLiteral("en"), QStringLiteral("English")},
        {QStringLiteral("de"), QStringLiteral("Deutsch")},
        {QStringLiteral("zh_CN"), QStringLiteral("简体中文")}};
}

QString savedLanguage() { return QSettings().value(QStringLiteral("window/language")).toString(); }

void saveLanguage(const QString& code)
{
    QSettings().setValue(QStringLiteral("window/language"), code);
}

bool useLanguage(const QString& code)
{
    addTranslations();
    const QString wanted = code.isNull() ? savedLanguage() : code;
    const QLocale locale = wanted.isEmpty() ? QLocale::system() : QLocale(wanted);
    if (!wanted.isEmpty())
        QLocale::setDefault(locale);
    // Qt's own dialogs, where its translations are installed.
    static QTranslator own, ofQt;
    QCoreApplication::removeTranslator(&own);
    QCoreApplication::removeTranslator(&ofQt);
    if (ofQt.load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
            QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&ofQt);
    // English is what the sources are written in, also where it comes before others.
    if (locale.language() == QLocale::English || locale.language() == QLocale::C)
        return true;
    if (!own.load(locale, QStringLiteral("bitloupe"), QStringLiteral("_"), QStringLiteral(":/i18n")))
        return false;
    return QCoreApplication::installTranslator(&own);
}

} // namespace bitloupe::ui
