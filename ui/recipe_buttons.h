// SPDX-License-Identifier: GPL-3.0-or-later
// The plan's types as files for the quantizers of llama.cpp and ik_llama.cpp.
#pragma once

#include "base/error.h"
#include "ui/job_runner.h"
#include "ui/plan_worker.h"

#include <QWidget>

namespace bitloupe::ui {

class RecipeButtons : public QWidget {
    Q_OBJECT
public:
    explicit RecipeButtons(QWidget* parent = nullptr);

    enum class Recipe { tensorTypes, customQ };
    /// What the buttons save; without a plan they are off.
    void setPlan(std::shared_ptr<const TargetProfile> profile,
        std::shared_ptr<const Planned> planned, const QString& baseName);
    /// Writes it in place of a file that exists.
    void save(Recipe recipe, const QString& file);

signals:
    void saved(const QString& file);
    void failed(const bitloupe::Error& error);

private:
    void ask(Recipe recipe);

    std::shared_ptr<const TargetProfile> m_profile;
    std::shared_ptr<const Planned> m_planned;
    QString m_baseName;
    JobRunner m_writer;
};

} // namespace bitloupe::ui
