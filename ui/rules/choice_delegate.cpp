// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rules/choice_delegate.h"

#include <QComboBox>

namespace bitloupe::ui {

ChoiceDelegate::ChoiceDelegate(int choicesRole, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_choicesRole(choicesRole)
{
}

QWidget* ChoiceDelegate::createEditor(
    QWidget* parent, const QStyleOptionViewItem&, const QModelIndex& index) const
{
    auto* editor = new QComboBox(parent);
    editor->addItems(index.data(m_choicesRole).toStringList());
    editor->setAccessibleName(
        index.model()->headerData(index.column(), Qt::Horizontal).toString());
    connect(editor, &QComboBox::activated, this, [this, editor] {
        auto* self = const_cast<ChoiceDelegate*>(this);
        emit self->commitData(editor);
        emit self->closeEditor(editor);
    });
    return editor;
}

void ChoiceDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const
{
    static_cast<QComboBox*>(editor)->setCurrentIndex(index.data(Qt::EditRole).toInt());
}

void ChoiceDelegate::setModelData(
    QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const
{
    model->setData(index, static_cast<QComboBox*>(editor)->currentIndex());
}

} // namespace bitloupe::ui
