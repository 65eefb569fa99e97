// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recipe_buttons.h"

#include "base/output_directory.h"
#include "export/recipe_text.h"
#include "ui/qt_text.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QPushButton>

namespace bitloupe::ui {

RecipeButtons::RecipeButtons(QWidget* parent)
    : QWidget(parent)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    auto* types = new QPushButton(tr("For &llama-quantize..."), this);
    types->setToolTip(tr("The types of this plan, for --tensor-type-file"));
    auto* rules = new QPushButton(tr("For &ik_llama.cpp..."), this);
    rules->setToolTip(tr("The types of this plan, for --custom-q"));
    row->addWidget(types);
    row->addWidget(rules);
    row->addStretch(1);
    connect(types, &QPushButton::clicked, this, [this] { ask(Recipe::tensorTypes); });
    connect(rules, &QPushButton::clicked, this, [this] { ask(Recipe::customQ); });
}

void RecipeButtons::setPlan(std::shared_ptr<const TargetProfile> profile,
    std::shared_ptr<const Planned> planned, const QString& baseName)
{
    m_profile = std::move(profile);
    m_planned = std::move(planned);
    m_baseName = baseName;
    setEnabled(m_planned && m_planned->plan);
}

void RecipeButtons::ask(Recipe recipe)
{
    const QString ending = recipe == Recipe::tensorTypes ? QStringLiteral(".types.txt")
                                                         : QStringLiteral(".custom-q.txt");
    const QString file = QFileDialog::getSaveFileName(
        this, tr("Save the recipe"), m_baseName + ending, tr("Text (*.txt);;All files (*)"));
    if (!file.isEmpty())
        save(recipe, file);
}

void RecipeButtons::save(Recipe recipe, const QString& file)
{
    if (!isEnabled())
        return;
    m_writer.enqueue(
        [path = toPath(file), profile = m_profile, planned = m_planned, recipe](
            const Job&) -> Result<bool> {
            const std::string text = recipe == Recipe::tensorTypes
                ? llamaTensorTypes(*profile, *planned->plan)
                : customQuantRules(*profile, *planned->plan);
            if (const auto written = writeFileAtomically(path, text, true); !written)
                return written.error();
            return true;
        },
        [this, file](const Result<bool>& written) {
            if (written)
                emit saved(file);
            else
                emit failed(written.error());
        });
}

} // namespace bitloupe::ui
