// SPDX-License-Identifier: GPL-3.0-or-later
// Budget and plan: slider and number, this plan beside its rivals, the device's memory, frontier.
#pragma once

#include "ui/session.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFrame;
class QGridLayout;
class QLabel;
class QPushButton;
class QSlider;

namespace bitloupe::ui {

class FrontierView;
class DevicePanel;
class ErrorLabel;
class PinsBox;
class RivalsTable;

class BudgetPanel : public QWidget {
    Q_OBJECT
public:
    explicit BudgetPanel(Session& session, QWidget* parent = nullptr);
    void reload(); // another model
    void refresh(); // another plan
    DevicePanel& devicePanel() { return *m_device; }
    /// Without the frontier, with one memory behind the other: so they stand in narrow windows.
    QSize minimumSizeHint() const override;

signals:
    void exportRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    enum class Unit { megabytes, gigabytes, gibibytes, bitsPerWeight };

    QWidget* buildSize();
    QWidget* buildEnd();
    int frontierWidth() const; // its least, with the line before it
    int widthWith(bool sideBySide, bool frontier) const; // least
    void arrange();
    Unit unit() const;
    std::uint64_t smallest() const;
    std::uint64_t largest() const;
    /// File bytes meant by a slider position, and back; even steps of size.
    std::uint64_t bytesAt(int position) const;
    int positionOf(std::uint64_t bytes) const;
    void setFileBytes(double bytes, bool dragging);
    void numberEdited(double value);
    void showSize();
    void showFrontier();
    void showLock();
    void fitDevice();
    /// What the experts take while they have a budget of their own.
    std::uint64_t bytesInRam() const;
    void fit(bool expertsInRam);
    void splitBudget(bool on);
    void setExpertBytes(quint64 bytes);

    Session& m_session;
    QSlider* m_slider;
    QLabel *m_low, *m_high, *m_bpw;
    PinsBox* m_pins;
    ErrorLabel* m_problem;
    QDoubleSpinBox* m_number;
    QComboBox* m_unit;
    QCheckBox* m_lockQuality;
    DevicePanel* m_device;
    RivalsTable* m_rivals;
    FrontierView* m_frontier;
    QFrame* m_frontierLine;
    QPushButton *m_export, *m_fit;
};

} // namespace bitloupe::ui
