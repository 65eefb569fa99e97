// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "export/export_target.h"
#include "measure/metrics.h"
#include "ui/budget_panel.h"
#include "ui/core_words.h"
#include "ui/heatmap_page.h"
#include "ui/language.h"
#include "ui/models/findings.h"
#include "ui/moe_folder.h"
#include "ui/qt_text.h"
#include "ui/report/plan_files.h"
#include "ui/rules/rule_form.h"
#include "ui/rules/rules_panel.h"
#include "ui/sample_window.h"
#include "ui/views/heatmap_view.h"
#include "ui/views/plot_theme.h"

#include <QAbstractButton>
#include <QDockWidget>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSlider>
#include <QStyleOption>
#include <QTabWidget>
#include <QTranslator>
#include <QXmlStreamReader>

#include <memory>

using namespace bitloupe;
using namespace bitloupe::ui;
using bitloupe::test::patience;
using bitloupe::test::SampleWindow;

namespace {

struct Entry {
    QString context, source;
    QStringList translations;
    bool plural = false;
};

QVector<Entry> entriesOf(const QString& language)
{
    QFile file(QStringLiteral(BITLOUPE_SOURCE_DIR "/resources/translations/bitloupe_%1.ts").arg(language));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QXmlStreamReader xml(&file);
    QVector<Entry> entries;
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == QLatin1String("name"))
            context = xml.readElementText();
        else if (xml.name() == QLatin1String("message"))
            entries.append({context, {}, {}, xml.attributes().hasAttribute(QStringLiteral("numerus"))});
        else if (xml.name() == QLatin1String("source"))
            entries.last().source = xml.readElementText();
        else if (xml.name() == QLatin1String("numerusform")
            || (xml.name() == QLatin1String("translation") && !entries.last().plural))
            entries.last().translations.append(xml.readElementText());
    }
    return xml.hasError() ? QVector<Entry>() : entries;
}

QStringList placeholders(const QString& text)
{
    static const QRegularExpression pattern(QStringLiteral("%(?:[1-9]|n)"));
    QSet<QString> found;
    for (auto match = pattern.globalMatch(text); match.hasNext();)
        found.insert(match.next().captured());
    QStringList sorted = found.values();
    sorted.sort();
    return sorted;
}

// Two fifths longer and in brackets: what goes around the translation shows.
class PseudoTranslator : public QTranslator {
public:
    bool isEmpty() const override { return false; }
    QString translate(const char*, const char* source, const char*, int) const override
    {
        const QString text = QString::fromUtf8(source);
        static const QRegularExpression keys(QStringLiteral("^(Ctrl|Alt|Shift|Del)[+A-Za-z0-9%]*$|^\\?$"));
        if (keys.match(text).hasMatch() || !text.contains(QRegularExpression(QStringLiteral("[A-Za-z]{2}"))))
            return text;
        // Word by word, as real languages break: one long word would be none.
        QString filling;
        for (qsizetype i = 0; i < text.size() * 2 / 5; ++i)
            filling += i % 6 == 0 ? QLatin1Char(' ') : QLatin1Char('~');
        return QLatin1Char('[') + text + filling + QLatin1Char(']');
    }
};

} // namespace

class TestLanguage : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { test::useTestSettings("tst_language"); }
    void cleanup()
    {
        useLanguage(QStringLiteral("en"));
        QLocale::setDefault(QLocale::c());
        QApplication::setLayoutDirection(Qt::LeftToRight);
        QCoreApplication::removeTranslator(&m_pseudo);
    }
    void translations_keep_what_the_program_fills_in_data();
    void translations_keep_what_the_program_fills_in();
    void words_of_the_core_can_be_translated();
    void sentences_of_the_core_keep_their_names_and_numbers();
    void findings_are_translated();
    void wrong_patterns_are_said_in_the_language();
    void window_speaks_the_language_that_was_chosen();
    void numbers_follow_the_locale_on_screen_but_not_in_files();
    void every_text_of_the_window_is_translated();
    void longer_texts_fit_a_small_screen();
    void right_to_left_keeps_the_heatmap_working();
    void sizes_stand_under_their_ends_of_the_slider();

private:
    std::unique_ptr<SampleWindow> pseudoWindow();

    PseudoTranslator m_pseudo;
};

void TestLanguage::translations_keep_what_the_program_fills_in_data()
{
    QTest::addColumn<QString>("language");
    QTest::newRow("German") << "de";
    QTest::newRow("Simplified Chinese") << "zh_CN";
}

// Untranslated entries are allowed: they read in English. Broken ones are not.
void TestLanguage::translations_keep_what_the_program_fills_in()
{
    QFETCH(QString, language);
    const QVector<Entry> entries = entriesOf(language);
    QVERIFY(entries.size() > 400);
    int done = 0;
    for (const Entry& entry : entries)
        for (const QString& text : entry.translations) {
            if (text.isEmpty())
                continue;
            ++done;
            QVERIFY2(placeholders(text) == placeholders(entry.source), qPrintable(text));
            QVERIFY2(text.count(QStringLiteral("<")) == entry.source.count(QStringLiteral("<")),
                qPrintable(text));
            // One key to press at most, and a filter of files keeps its patterns.
            QVERIFY2(text.count(u'&') <= 1 && text.contains(u'&') == entry.source.contains(u'&'),
                qPrintable(text));
            for (const QString& part : entry.source.split(QRegularExpression(QStringLiteral("[ ;()]"))))
                if (part.startsWith(QLatin1String("*.")))
                    QVERIFY2(text.contains(part), qPrintable(text));
        }
    qInfo("%d of %d translated", done, int(entries.size()));
    QVERIFY(done > 0);
}

void TestLanguage::words_of_the_core_can_be_translated()
{
    QSet<QString> known;
    for (const Entry& entry : entriesOf(QStringLiteral("de")))
        if (entry.context == QLatin1String("Core"))
            known.insert(entry.source);
    for (const Errc code : allErrcs())
        QVERIFY2(known.contains(toQt(errcSentence(code))), std::string(errcSentence(code)).c_str());
    for (const auto& metric : metrics())
        QVERIFY2(known.contains(toQt(metric.title)), std::string(metric.title).c_str());
    for (const ExportTarget& target : exportTargets())
        QVERIFY2(known.contains(toQt(target.clients)), std::string(target.clients).c_str());
}

void TestLanguage::sentences_of_the_core_keep_their_names_and_numbers()
{
    for (const Entry& entry : entriesOf(QStringLiteral("de"))) {
        if (entry.context != QLatin1String("Core"))
            continue;
        for (int n = 2; entry.source.contains(QStringLiteral("%%1").arg(n)); ++n)
            QVERIFY2(entry.source.indexOf(QStringLiteral("%%1").arg(n - 1))
                    < entry.source.indexOf(QStringLiteral("%%1").arg(n)), qPrintable(entry.source));
    }
    QVERIFY(useLanguage(QStringLiteral("de")));
    QCOMPARE(translated("num_experts is 8, but the tensors show 4; the tensors count"),
        QStringLiteral("num_experts ist 8, aber die Tensoren zeigen 4; die Tensoren gelten"));
    QCOMPARE(translated("3 tensors not written, auxiliary tensor: a.b and others"),
        QStringLiteral("3 Tensoren nicht geschrieben, Hilfstensor: a.b und andere"));
    QCOMPARE(translated("config.json: vocab_size is 9, but the tensors show 7, so the result may "
                        "not load"),
        QStringLiteral("config.json: vocab_size ist 9, aber die Tensoren zeigen 7, daher lässt sich "
                       "das Ergebnis vielleicht nicht laden"));
    // What a file says is filled in as it is, whatever it looks like.
    QCOMPARE(translated("%2 is %3, but the tensors show %1; the tensors count"),
        QStringLiteral("%2 ist %3, aber die Tensoren zeigen %1; die Tensoren gelten"));
    QCOMPARE(translated("no such sentence"), QStringLiteral("no such sentence"));
}

void TestLanguage::findings_are_translated()
{
    test::ScratchFolder folder;
    test::writeMoe(folder, true);
    folder.write("config.json",
        R"({"architectures":["X"],"model_type":"qwen3_moe","hidden_size":64,"num_hidden_layers":5,)"
        R"("num_attention_heads":2,"num_key_value_heads":"two","head_dim":32,"num_experts":4,)"
        R"("vocab_size":100,"tie_word_embeddings":7,"rope_theta":-1})");
    test::ReadySession session;
    QVERIFY(session.openAndWait(folder.path()));
    QVERIFY(session.model()->warnings.size() >= 4);
    QCoreApplication::installTranslator(&m_pseudo);
    const QVector<Finding> findings = findFindings(session);
    QVERIFY(findings.size() > qsizetype(session.model()->warnings.size()));
    for (const Finding& finding : findings)
        QVERIFY2(finding.sentence.contains(u'['), qPrintable(finding.sentence));
}

void TestLanguage::wrong_patterns_are_said_in_the_language()
{
    QVERIFY(useLanguage(QStringLiteral("de")));
    SampleWindow window;
    QVERIFY(window.openSample());
    RuleForm& form = window->findChild<RulesPanel*>()->form();
    for (const auto& [pattern, said] : std::initializer_list<std::pair<const char*, const char*>> {
             {"layers.[0", "[ ohne ]"}, {"layers.(0", "( oder ) ohne Gegenstück"},
             {"*", "zum Wiederholen"}, {"(a)\\1", "Rückverweise"}, {"a{2", "{ oder }"},
             {"[z-a]", "Bereich"}}) {
        form.setPattern(QString::fromLatin1(pattern));
        QVERIFY2(QTest::qWaitFor([&] {
            const auto labels = form.findChildren<QLabel*>();
            return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) {
                return label->text().contains(QString::fromUtf8(said));
            });
        }, patience), pattern);
    }
}

void TestLanguage::window_speaks_the_language_that_was_chosen()
{
    const auto firstMenu = [] {
        return MainWindow().menuBar()->actions().first()->text();
    };
    QSettings().clear();
    QVERIFY(useLanguage(QStringLiteral("de")));
    QCOMPARE(firstMenu(), QStringLiteral("&Datei"));
    saveLanguage(QStringLiteral("zh_CN"));
    QVERIFY(useLanguage());
    QVERIFY(firstMenu().startsWith(QStringLiteral("文件")));
    QVERIFY(useLanguage(QStringLiteral("en")));
    QCOMPARE(firstMenu(), QStringLiteral("&File"));
    QVERIFY(!useLanguage(QStringLiteral("fr"))); // reads in English
    QCOMPARE(firstMenu(), QStringLiteral("&File"));
}

void TestLanguage::numbers_follow_the_locale_on_screen_but_not_in_files()
{
    SampleWindow window;
    QVERIFY(window.openSample());
    PlanFiles files(window->session(), window.get());
    QByteArrayList written;
    for (const QLocale& locale : {QLocale::c(), QLocale(QStringLiteral("de"))}) {
        QLocale::setDefault(locale);
        const QString name = window.folder().filePath(locale.name() + QStringLiteral(".csv"));
        QSignalSpy saved(&files, &PlanFiles::saved);
        files.saveTable(name, {0, 1, 2, 3});
        QVERIFY(saved.count() == 1 || saved.wait(patience));
        QFile file(name);
        QVERIFY(file.open(QIODevice::ReadOnly));
        written.append(file.readAll());
    }
    QCOMPARE(written[0], written[1]);
    QVERIFY(written[0].contains("0."));
    QCOMPARE(shortNumber(0.13), QStringLiteral("0,13"));
    QCOMPARE(scoreToQt(0.25, 2), QStringLiteral("0,25"));
    QVERIFY(sizeToQt(1'854'000).startsWith(QStringLiteral("1,9")));
}

std::unique_ptr<SampleWindow> TestLanguage::pseudoWindow()
{
    QCoreApplication::installTranslator(&m_pseudo);
    auto window = std::make_unique<SampleWindow>();
    if (!window->openSample())
        return nullptr;
    QTest::qWait(300);
    const int down = window->firstFree(TensorRole::mlpDown);
    (*window)->select({down}, down);
    return window;
}

void TestLanguage::every_text_of_the_window_is_translated()
{
    const auto window = pseudoWindow();
    QVERIFY(window);
    QStringList bare;
    // Names and formulas are no language's; what has two words in a row is one's.
    static const QRegularExpression words(QStringLiteral("[a-z]{3,} [a-z]{2,}"));
    const auto check = [&bare](const QString& text) {
        if (!text.contains(u'[') && words.match(text).hasMatch())
            bare.append(text);
    };
    for (const QLabel* label : (*window)->findChildren<QLabel*>())
        if (label->objectName() != QLatin1String("coreText"))
            check(label->text());
    for (const QAbstractButton* button : (*window)->findChildren<QAbstractButton*>())
        check(button->text());
    for (const QAction* action : (*window)->findChildren<QAction*>())
        check(action->text());
    for (const QDockWidget* dock : (*window)->findChildren<QDockWidget*>())
        QVERIFY2(dock->windowTitle().contains(u'['), qPrintable(dock->windowTitle()));
    for (const QMenu* menu : (*window)->menuBar()->findChildren<QMenu*>())
        QVERIFY2(menu->title().contains(u'[') || menu->title().isEmpty(), qPrintable(menu->title()));
    for (const QTabWidget* tabs : (*window)->findChildren<QTabWidget*>())
        for (int tab = 0; tab < tabs->count(); ++tab)
            check(tabs->tabText(tab));
    QVERIFY2(bare.isEmpty(), qPrintable(bare.join(QStringLiteral(" | "))));
}

void TestLanguage::longer_texts_fit_a_small_screen()
{
    const auto window = pseudoWindow();
    QVERIFY(window);
    MainWindow& shown = *window->get();
    QTRY_COMPARE((shown.resize(1366, 768), shown.size()), QSize(1366, 768));
    QTest::qWait(200);
    if (const QString pictures = qEnvironmentVariable("BITLOUPE_PICTURES"); !pictures.isEmpty())
        shown.grab().save(pictures + QStringLiteral("/pseudo.png"));
    QStringList clipped;
    for (const QLabel* label : shown.findChildren<QLabel*>())
        if (label->isVisible() && !label->wordWrap() && label->width() + 1 < label->sizeHint().width()
            && label->toolTip().isEmpty())
            clipped.append(label->text());
    for (const auto* button : shown.findChildren<QAbstractButton*>())
        if (button->isVisible() && !button->text().isEmpty()
            && button->width() + 1 < button->minimumSizeHint().width() && button->toolTip().isEmpty())
            clipped.append(button->text());
    QVERIFY2(clipped.isEmpty(), qPrintable(clipped.join(QStringLiteral(" | "))));
}

void TestLanguage::right_to_left_keeps_the_heatmap_working()
{
    QApplication::setLayoutDirection(Qt::RightToLeft);
    SampleWindow window;
    QVERIFY(window.openSample());
    QTest::qWait(300);
    auto* model = window->findChild<QDockWidget*>(QStringLiteral("model"));
    auto* tensor = window->findChild<QDockWidget*>(QStringLiteral("tensor"));
    QVERIFY(model->isVisible() && tensor->isVisible());
    const int down = window.firstFree(TensorRole::mlpDown);
    window->select({down}, down);
    HeatmapView& view = window->heatmap().view();
    QCOMPARE(view.decisionAt(view.cellRect(down).center()), down);
    QTest::keyClick(&view, Qt::Key_Left);
    QVERIFY(window->currentDecision() != down);
    QCOMPARE(view.decisionAt(view.cellRect(window->currentDecision()).center()),
        window->currentDecision());
}

void TestLanguage::sizes_stand_under_their_ends_of_the_slider()
{
    for (const auto direction : {Qt::LeftToRight, Qt::RightToLeft}) {
        QApplication::setLayoutDirection(direction);
        SampleWindow window;
        QVERIFY(window.openSample());
        auto* slider = window->findChild<BudgetPanel*>()->findChild<QSlider*>();
        const auto handleAt = [slider](int value) {
            QStyleOptionSlider option;
            option.initFrom(slider);
            option.minimum = slider->minimum();
            option.maximum = slider->maximum();
            option.sliderPosition = option.sliderValue = value;
            option.upsideDown = slider->layoutDirection() == Qt::RightToLeft;
            option.direction = Qt::LeftToRight; // as QSlider asks: what is upside down is mirrored
            return slider->style()
                ->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, slider)
                .center()
                .x();
        };
        const auto inkOf = [&](const char* name) { // the middle of its text, in the slider
            auto* label = window->findChild<QLabel*>(QLatin1String(name));
            QRect text = label->style()->itemTextRect(label->fontMetrics(), label->rect(),
                QStyle::visualAlignment(label->layoutDirection(), label->alignment()), true,
                label->text());
            return slider->mapFrom(window.get(), label->mapTo(window.get(), text.center())).x();
        };
        const int room = slider->width() / 4;
        for (const auto& [name, value] : {std::pair("smallestSize", slider->minimum()),
                 std::pair("largestSize", slider->maximum())}) {
            const int text = inkOf(name), handle = handleAt(value);
            QVERIFY2(std::abs(text - handle) < room,
                qPrintable(QStringLiteral("%1 at %2, its end at %3 of %4")
                               .arg(QLatin1String(name)).arg(text).arg(handle).arg(slider->width())));
        }
    }
    QApplication::setLayoutDirection(Qt::LeftToRight);
}

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    TestLanguage test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_language.moc"
