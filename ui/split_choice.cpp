// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/split_choice.h"

#include "plan/solve.h"
#include "ui/error_text.h"
#include "ui/qt_text.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>

namespace bitloupe::ui {
namespace {

constexpr std::uint64_t gigabyte = 1'000'000'000;

struct SplitPlan {
    std::shared_ptr<const TargetProfile> profile;
    std::shared_ptr<const Planned> planned;
};

// As the command line does it: the same wishes, with the files' own headers.
Result<SplitPlan> planFor(
    const Model& model, const ProfileOptions& how, const Planned& planned)
{
    const Plan& whole = *planned.plan;
    auto profile = findExportTarget(whole.targetId)->profile(model, how);
    if (!profile)
        return profile.error();
    auto plan = solve(*profile, *planned.evidence, whole.options);
    if (!plan)
        return plan.error();
    auto again = std::make_shared<Planned>(planned);
    again->plan = std::move(*plan);
    return SplitPlan {
        std::make_shared<const TargetProfile>(std::move(*profile)), std::move(again)};
}

} // namespace

SplitChoice::SplitChoice(std::shared_ptr<const Model> model,
    std::shared_ptr<const TargetProfile> profile, std::shared_ptr<const Planned> planned,
    bool requantize, QWidget* parent)
    : QWidget(parent)
    , m_model(std::move(model))
    , m_whole(std::move(profile))
    , m_profile(m_whole)
    , m_wholePlanned(std::move(planned))
    , m_planned(m_wholePlanned)
    , m_requantize(requantize)
    , m_sizes(new QComboBox(this))
    , m_state(new QLabel(this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    row->addWidget(m_sizes);
    row->addWidget(m_state, 1);
    m_state->setForegroundRole(QPalette::PlaceholderText);
    m_state->setTextFormat(Qt::PlainText);
    m_sizes->setAccessibleName(tr("Split into files"));
    m_sizes->addItem(tr("one file"), qulonglong(0));
    for (const std::uint64_t size : {2, 4, 10, 20, 45})
        m_sizes->addItem(
            tr("files of %1 GB").arg(size), static_cast<qulonglong>(size * gigabyte));
    connect(m_sizes, &QComboBox::currentIndexChanged, this, &SplitChoice::plan);
}

std::uint64_t SplitChoice::splitBytes() const { return m_sizes->currentData().toULongLong(); }

void SplitChoice::setSplitBytes(std::uint64_t bytes)
{
    int row = m_sizes->findData(static_cast<qulonglong>(bytes));
    if (row < 0) {
        m_sizes->addItem(tr("files of %1").arg(sizeToQt(bytes)), static_cast<qulonglong>(bytes));
        row = m_sizes->count() - 1;
    }
    m_sizes->setCurrentIndex(row);
}

void SplitChoice::plan()
{
    m_planner.forget();
    m_state->clear();
    if (splitBytes() == 0) {
        m_profile = m_whole;
        m_planned = m_wholePlanned;
        emit changed();
        return;
    }
    m_planned.reset();
    m_state->setText(tr("planning..."));
    emit changed();
    ProfileOptions how;
    how.splitBytes = splitBytes();
    how.requantize = m_requantize;
    m_planner.start(
        [model = m_model, how, planned = m_wholePlanned](
            const Job&) { return planFor(*model, how, *planned); },
        [this](Result<SplitPlan> made) {
            m_state->setText(made ? QString() : errorText(made.error()));
            if (made) {
                m_profile = std::move(made->profile);
                m_planned = std::move(made->planned);
            }
            emit changed();
        });
}

} // namespace bitloupe::ui
