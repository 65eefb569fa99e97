// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/field_outlines.h"
#include "ui/plain_palette.h"
#include "ui/views/color_scale.h"

#include <QApplication>
#include <QCheckBox>
#include <QLineEdit>
#include <QSpinBox>
#include <QStyleFactory>
#include <QTest>

using namespace bitloupe::ui;

namespace {

enum Kind { box, line, number };

QImage pictureOf(Kind kind, bool enabled)
{
    QWidget window;
    window.resize(160, 60);
    QWidget* field = kind == box ? new QCheckBox(&window)
        : kind == line           ? static_cast<QWidget*>(new QLineEdit(&window))
                                 : new QSpinBox(&window);
    field->setGeometry(20, 15, 120, 30);
    field->setEnabled(enabled);
    return window.grab().toImage();
}

// The most that a pixel along the middle of the picture stands out against the window.
double contrastAcross(const QImage& picture)
{
    double most = 1;
    for (int x = 0; x < 30; ++x) // up to the left edge of the field and over it
        most = std::max(most,
            contrastRatio(picture.pixelColor(x, 30), picture.pixelColor(2, 2)));
    return most;
}

} // namespace

class TestFieldOutlines : public QObject {
    Q_OBJECT
private slots:
    void init() { QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion"))); }

    void outlines_can_be_seen_on_a_dark_window_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("check box") << int(box);
        QTest::newRow("line edit") << int(line);
        QTest::newRow("spin box") << int(number);
    }
    void outlines_can_be_seen_on_a_dark_window()
    {
        QFETCH(int, kind);
        QApplication::setPalette(plainPalette(true));
        outlineFields();
        const double contrast = contrastAcross(pictureOf(Kind(kind), true));
        QVERIFY2(contrast >= 2, qPrintable(QString::number(contrast)));
    }

    void light_windows_and_disabled_fields_stay_as_they_are()
    {
        for (const bool dark : {false, true})
            for (const Kind kind : {box, line, number}) {
                init();
                QApplication::setPalette(plainPalette(dark));
                const QImage before = pictureOf(kind, !dark);
                outlineFields();
                QCOMPARE(pictureOf(kind, !dark), before);
            }
    }

    void a_change_of_the_palette_is_followed()
    {
        outlineFields();
        QApplication::setPalette(plainPalette(true));
        QVERIFY(contrastAcross(pictureOf(line, true)) >= 2);
        QApplication::setPalette(plainPalette(false));
        const QImage light = pictureOf(line, true);
        init();
        QCOMPARE(pictureOf(line, true), light);
    }

    void other_styles_are_left_alone()
    {
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Windows")));
        const QStyle* before = QApplication::style();
        outlineFields();
        QCOMPARE(QApplication::style(), before);
    }

    void the_colour_stands_out_against_window_and_field()
    {
        const QPalette dark = plainPalette(true);
        for (const auto ground : {QPalette::Window, QPalette::Base})
            QVERIFY(contrastRatio(fieldOutline(dark), dark.color(ground)) >= 2);
        QVERIFY(!fieldOutline(plainPalette(false)).isValid());
    }
};

QTEST_MAIN(TestFieldOutlines)
#include "tst_field_outlines.moc"
