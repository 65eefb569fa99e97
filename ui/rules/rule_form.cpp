// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rules/rule_form.h"

#include "plan/rule_matches.h"
#include "ui/core_words.h"
#include "ui/decision_text.h"
#include "ui/elided_combo_box.h"
#include "ui/qt_text.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace bitloupe::ui {
namespace {

constexpr int typingPauseMs = 150;

} // namespace

RuleForm::RuleForm(QWidget* parent)
    : QWidget(parent)
    , m_pattern(new QLineEdit(this))
    , m_kind(new QComboBox(this))
    , m_codec(new ElidedComboBox(this))
    , m_add(new QPushButton(tr("Add"), this))
    , m_found(new QLabel(this))
{
    m_pattern->setPlaceholderText(tr("Regular expression, as in layers\\.0\\."));
    m_pattern->setAccessibleName(tr("Pattern of a new rule"));
    m_pattern->setClearButtonEnabled(true);
    m_kind->addItems({tr("pin"), tr("at least")});
    m_kind->setAccessibleName(tr("What a new rule asks"));
    m_codec->setAccessibleName(tr("Codec of a new rule"));
    m_codec->setMinimumContentsLength(7);
    m_codec->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_found->setForegroundRole(QPalette::PlaceholderText);
    m_found->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_pattern);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_kind);
    row->addWidget(m_codec, 1);
    row->addWidget(m_add);
    column->addLayout(row);
    column->addWidget(m_found);
    m_pause.setSingleShot(true);
    m_pause.setInterval(typingPauseMs);
    connect(&m_pause, &QTimer::timeout, this, &RuleForm::count);
    connect(m_pattern, &QLineEdit::textChanged, this, &RuleForm::patternChanged);
    connect(m_pattern, &QLineEdit::returnPressed, this, &RuleForm::submit);
    connect(m_add, &QPushButton::clicked, this, &RuleForm::submit);
    patternChanged();
}

void RuleForm::setProfile(
    std::shared_ptr<const TargetProfile> profile, const QVector<CodecId>& codecs)
{
    m_profile = std::move(profile);
    m_codecs = codecs;
    m_codec->clear();
    for (const CodecId id : codecs)
        m_codec->addItem(codecTitle(id));
    for (int i = 0; i < codecs.size(); ++i)
        if (codec(codecs[i]).bits == 4 && codec(codecs[i]).groupSize == 64)
            m_codec->setCurrentIndex(i);
    setEnabled(m_profile != nullptr);
    patternChanged();
}

void RuleForm::setPattern(const QString& pattern) { m_pattern->setText(pattern); }

Wish RuleForm::wish() const
{
    Wish wish;
    wish.kind = m_kind->currentIndex() == 1 ? Rule::Kind::floor : Rule::Kind::pin;
    wish.pattern = m_pattern->text().trimmed();
    wish.codec = m_codecs.value(m_codec->currentIndex());
    return wish;
}

void RuleForm::patternChanged()
{
    m_counter.forget();
    m_add->setEnabled(false);
    m_add->setToolTip(tr("Write a pattern that finds at least one tensor"));
    m_found->setText(tr("Finds tensors by name, anywhere in it."));
    if (m_profile && !m_pattern->text().trimmed().isEmpty())
        m_pause.start();
    else
        m_pause.stop();
}

void RuleForm::count()
{
    if (!m_profile)
        return;
    m_counter.start(
        [profile = m_profile, rule = rulesOf({wish()}).front()](
            const Job&) { return matchesOf(*profile, rule); },
        [this](const Result<std::vector<std::uint32_t>>& matches) { counted(matches); });
}

void RuleForm::counted(const Result<std::vector<std::uint32_t>>& matches)
{
    if (!matches) {
        m_found->setText(translated(matches.error().detail));
        emit searched(-1);
        return;
    }
    const bool any = !matches->empty();
    m_found->setText(any ? tr("Finds %1 of %2 tensors.")
                               .arg(countToQt(matches->size()), countToQt(m_profile->decisions.size()))
                         : tr("Finds no tensor."));
    m_add->setEnabled(any);
    m_add->setToolTip(any ? tr("Add this rule at the end of the list") : m_add->toolTip());
    emit searched(static_cast<qsizetype>(matches->size()));
}

void RuleForm::submit()
{
    if (!m_add->isEnabled())
        return;
    const Wish wish = this->wish();
    m_pattern->clear();
    emit added(wish);
}

} // namespace bitloupe::ui
