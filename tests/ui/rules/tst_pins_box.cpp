// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pins_box.h"
#include "ui/ready_session.h"

#include <QLabel>
#include <QPushButton>

using namespace bitloupe;
using namespace bitloupe::ui;

class TestPinsBox : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        QVERIFY(m_session.openAndWait());
        connect(&m_session, &Session::planChanged, &m_box, &PinsBox::refresh);
        m_box.refresh();
    }
    void init() { m_session.editor().reset(m_session.editor().budget()); }

    void nothing_is_pinned_at_first()
    {
        QTRY_COMPARE(count(), QStringLiteral("Pins: 0"));
        QVERIFY(!clear()->isEnabled());
        QVERIFY(!clear()->toolTip().isEmpty());
    }

    void what_a_rule_pins_counts_as_well()
    {
        addRule(Rule::Kind::pin, "layers\\.0\\..*(q|k)_proj", "affine-8-g64");
        QTRY_COMPARE(count(), QStringLiteral("Pins: 2"));
        QVERIFY(tip().contains(QStringLiteral("pattern: 2")));
        QVERIFY(!clear()->isEnabled()); // it frees what hands pinned
        QVERIFY(clear()->toolTip().contains(QStringLiteral("rules")));
    }

    void hands_and_rules_are_told_apart()
    {
        addRule(Rule::Kind::pin, "layers\\.0\\..*(q|k)_proj", "affine-8-g64");
        const int down = decision(1, TensorRole::mlpDown);
        const int query = decision(0, TensorRole::attentionQ);
        m_session.editor().pin({{down, *m_session.codecForBits(down, 8)},
                                   {query, *m_session.codecForBits(query, 3)}},
            QStringLiteral("pin"));
        QTRY_COMPARE(count(), QStringLiteral("Pins: 3"));
        QVERIFY(tip().contains(QStringLiteral("hand: 2")));
        QVERIFY(tip().contains(QStringLiteral("pattern: 1")));
        clear()->click();
        QTRY_COMPARE(count(), QStringLiteral("Pins: 2"));
    }

    void floors_are_no_pins_but_said()
    {
        addRule(Rule::Kind::floor, "layers\\.1\\..*v_proj", "affine-8-g128");
        QTRY_VERIFY(tip().contains(QStringLiteral("at least")));
        QCOMPARE(count(), QStringLiteral("Pins: 0"));
    }

private:
    QString count() { return m_box.findChild<QLabel*>()->text(); }
    QString tip() { return m_box.findChild<QLabel*>()->toolTip(); }
    QPushButton* clear() { return m_box.findChild<QPushButton*>(); }
    void addRule(Rule::Kind kind, const char* pattern, const char* codec)
    {
        Wish wish;
        wish.kind = kind;
        wish.pattern = QLatin1String(pattern);
        wish.codec = findCodec(codec)->id;
        m_session.editor().setWishes({wish}, QStringLiteral("rule"));
    }
    int decision(int layer, TensorRole role)
    {
        const auto& decisions = m_session.profile()->decisions;
        for (std::size_t d = 0; d < decisions.size(); ++d)
            if (decisions[d].layer == layer && decisions[d].role == role)
                return static_cast<int>(d);
        return -1;
    }

    test::ReadySession m_session;
    PinsBox m_box {m_session};
};

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    TestPinsBox test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_pins_box.moc"
