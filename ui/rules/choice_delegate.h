// SPDX-License-Identifier: GPL-3.0-or-later
// Edits a cell by choosing one of the texts that its model offers.
#pragma once

#include <QStyledItemDelegate>

namespace bitloupe::ui {

/// The model gives the texts as a QStringList for `choicesRole`, and takes the number of one as
/// Qt::EditRole.
class ChoiceDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit ChoiceDelegate(int choicesRole, QObject* parent = nullptr);

    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;
    void setEditorData(QWidget* editor, const QModelIndex& index) const override;
    void setModelData(
        QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override;

private:
    int m_choicesRole;
};

} // namespace bitloupe::ui
