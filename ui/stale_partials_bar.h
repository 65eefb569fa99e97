// SPDX-License-Identifier: GPL-3.0-or-later
// Offers to delete what an export that did not end has left beside the chosen name. Hidden while
// there is nothing.
#pragma once

#include <QFrame>

#include <filesystem>
#include <vector>

class QLabel;

namespace bitloupe::ui {

class StalePartialsBar : public QFrame {
    Q_OBJECT
public:
    explicit StalePartialsBar(QWidget* parent = nullptr);
    /// Looks for what earlier exports to `target` left. Cost: one listing of its folder.
    void lookBeside(const std::filesystem::path& target);
    /// Deletes what is offered, unless somebody writes there again.
    void removeAll();

private:
    std::filesystem::path m_target;
    std::vector<std::filesystem::path> m_found;
    QLabel* m_sentence;
};

} // namespace bitloupe::ui
