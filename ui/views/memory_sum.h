// SPDX-License-Identifier: GPL-3.0-or-later
// What fills one memory: a bar, a line for each term and one for what stays free, and whether it
// fits.
#pragma once

#include <QString>
#include <QVector>
#include <QWidget>

#include <cstdint>
#include <optional>

class QLabel;

namespace bitloupe::ui {

class MemoryBar;

class MemorySum : public QWidget {
    Q_OBJECT
public:
    /// `names` of the terms, in the order of their sizes and of the bar's colours; an empty one has
    /// no line.
    MemorySum(const QStringList& names, QWidget* parent);
    /// Empty sizes are unknown, and so is then what is free and whether it fits.
    void setTerms(const QVector<std::optional<std::uint64_t>>& terms, std::uint64_t usable,
        const QString& whyUnknown = {});
    void clear();
    /// Instead of the verdict; `details` are its tool tip.
    void say(const QString& verdict, const QString& details);
    bool overfull() const { return m_overfull; }
    QString verdict() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    void paintSquares();

    MemoryBar* m_bar;
    QVector<QLabel*> m_squares; // colours of the terms
    QVector<QLabel*> m_values; // of the terms, and what is free
    QLabel* m_fits;
    bool m_overfull = false; // what is known already takes more than there is
};

} // namespace bitloupe::ui
