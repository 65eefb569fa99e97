// SPDX-License-Identifier: GPL-3.0-or-later
// "Why these bits" says in every language what the core says in English.
#include "ui/core_words.h"
#include "ui/error_text.h"
#include "ui/language.h"
#include "ui/qt_text.h"
#include "ui/sample_window.h"
#include "ui/why_text.h"

#include <QRegularExpression>

#include <memory>

using namespace bitloupe;
using namespace bitloupe::ui;
using bitloupe::test::SampleWindow;

class TestWhyText : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        test::useTestSettings("tst_why_text");
        QLocale::setDefault(QLocale::c());
    }
    void init()
    {
        m_window = std::make_unique<SampleWindow>();
        QVERIFY(m_window->openSample());
    }
    void cleanup()
    {
        useLanguage(QStringLiteral("en"));
        m_window.reset();
    }
    void english_says_what_the_core_says();
    void no_english_is_left_in_other_languages_data();
    void no_english_is_left_in_other_languages();
    void words_with_numbers_are_translated();
    void errors_are_a_translated_sentence_and_the_cores_line_apart();

private:
    Explanation explanationOf(std::size_t d)
    {
        const Session& session = m_window->get()->session();
        return explain(*session.profile(), *session.planned()->evidence, m_window->plan(), d);
    }
    std::unique_ptr<SampleWindow> m_window;
};

namespace {

QString withoutNumbers(QString text)
{
    return text.remove(QRegularExpression(QStringLiteral("[0-9.,e+-]+")));
}

} // namespace

void TestWhyText::english_says_what_the_core_says()
{
    for (std::size_t d = 0; d < m_window->plan().choices.size(); ++d) {
        const Explanation facts = explanationOf(d);
        QCOMPARE(withoutNumbers(whyText(facts)),
            withoutNumbers(QString::fromStdString(explanationText(facts))));
    }
}

void TestWhyText::no_english_is_left_in_other_languages_data()
{
    QTest::addColumn<QString>("language");
    QTest::newRow("German") << "de";
    QTest::newRow("Simplified Chinese") << "zh_CN";
}

void TestWhyText::no_english_is_left_in_other_languages()
{
    QFETCH(QString, language);
    QVERIFY(useLanguage(language));
    static const QRegularExpression english(
        QStringLiteral("\\b(the|step|would|removed?|bits|others|buy|more|kept|choice|has)\\b"),
        QRegularExpression::CaseInsensitiveOption);
    for (std::size_t d = 0; d < m_window->plan().choices.size(); ++d) {
        const QString text = whyText(explanationOf(d));
        if (language == QLatin1String("zh_CN"))
            QVERIFY2(!text.contains(english), qPrintable(text));
        QVERIFY2(!text.contains(QStringLiteral("would")), qPrintable(text));
        QVERIFY2(!text.contains(QStringLiteral("Kept")), qPrintable(text));
    }
}

void TestWhyText::words_with_numbers_are_translated()
{
    const auto german = [](const char* text) { return translated(text); };
    QVERIFY(useLanguage(QStringLiteral("de")));
    const QString text = german("577 columns, not a multiple of 32");
    QVERIFY(text.contains(QStringLiteral("577")) && text.contains(QStringLiteral("32")));
    QVERIFY(!text.contains(QStringLiteral("columns")));
    QCOMPARE(german("an unknown word 5"), QStringLiteral("an unknown word 5"));
}

void TestWhyText::errors_are_a_translated_sentence_and_the_cores_line_apart()
{
    const Error error {Errc::infeasibleBudget, {}, "the smallest plan needs 12 bytes"};
    QVERIFY(useLanguage(QStringLiteral("de")));
    QVERIFY(!errorText(error).contains(QStringLiteral("plan needs")));
    QVERIFY(errorText(error) != QStringLiteral("No plan fits the budget."));
    QVERIFY(errorToolTip(error).contains(QStringLiteral("smallest plan needs 12 bytes")));
}

QTEST_MAIN(TestWhyText)
#include "tst_why_text.moc"
