// SPDX-License-Identifier: GPL-3.0-or-later
// A line to write a new rule by pattern, which says how many tensors it would touch.
#pragma once

#include "ui/job_runner.h"
#include "ui/rules/wish.h"

#include <QTimer>
#include <QWidget>

#include <memory>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace bitloupe::ui {

class RuleForm : public QWidget {
    Q_OBJECT
public:
    explicit RuleForm(QWidget* parent = nullptr);
    /// Another model; null: none.
    void setProfile(std::shared_ptr<const TargetProfile> profile, const QVector<CodecId>& codecs);
    void setPattern(const QString& pattern);
    QLineEdit* patternField() { return m_pattern; }

signals:
    void added(const bitloupe::ui::Wish& wish);
    /// The pattern was looked for; -1: it is none.
    void searched(qsizetype tensors);

private:
    Wish wish() const;
    void patternChanged();
    void count();
    void counted(const Result<std::vector<std::uint32_t>>& matches);
    void submit();

    std::shared_ptr<const TargetProfile> m_profile;
    QVector<CodecId> m_codecs;
    QLineEdit* m_pattern;
    QComboBox *m_kind, *m_codec;
    QPushButton* m_add;
    QLabel* m_found;
    JobRunner m_counter; // tens of thousands of names take longer than a frame
    QTimer m_pause; // while typing
};

} // namespace bitloupe::ui
