// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/devices/devices_dialog.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace bitloupe::ui {

DevicesDialog::DevicesDialog(QWidget* parent)
    : QDialog(parent)
    , m_model(new UserDevicesModel(this))
    , m_list(new QTreeView(this))
    , m_problem(new QLabel(this))
{
    setWindowTitle(tr("My devices"));
    resize(520, 300);
    m_model->setDevices(savedDevices());
    m_list->setModel(m_model);
    m_list->setRootIsDecorated(false);
    m_list->setAccessibleName(tr("My devices"));
    m_list->header()->setDefaultSectionSize(90);
    m_list->setColumnWidth(UserDevicesModel::name, 200);
    auto* column = new QVBoxLayout(this);
    auto* explained = new QLabel(
        tr("They stand before the devices of the table. Usable is what the GPU may have of "
           "memory that it shares; the reserve stays free."),
        this);
    explained->setWordWrap(true);
    column->addWidget(explained);
    column->addWidget(m_list, 1);
    m_problem->setWordWrap(true);
    column->addWidget(m_problem);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    auto* add = buttons->addButton(tr("&Add"), QDialogButtonBox::ActionRole);
    auto* remove = buttons->addButton(tr("&Remove"), QDialogButtonBox::ActionRole);
    column->addWidget(buttons);
    connect(m_model, &UserDevicesModel::refused, m_problem, &QLabel::setText);
    connect(m_model, &UserDevicesModel::dataChanged, m_problem, &QLabel::clear);
    connect(add, &QPushButton::clicked, this, [this] {
        const int row = m_model->addDevice();
        if (row < 0)
            m_problem->setText(tr("There are as many devices as there can be."));
        else
            m_list->setCurrentIndex(m_model->index(row, UserDevicesModel::name));
    });
    connect(remove, &QPushButton::clicked, this,
        [this] { m_model->removeDevice(m_list->currentIndex().row()); });
    connect(buttons, &QDialogButtonBox::accepted, this, &DevicesDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void DevicesDialog::accept()
{
    saveDevices(m_model->devices());
    QDialog::accept();
}

} // namespace bitloupe::ui
