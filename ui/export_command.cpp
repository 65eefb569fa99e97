// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export_command.h"

#include "base/text.h"
#include "export/export_target.h"
#include "ui/qt_text.h"

#include <QRegularExpression>
#include <QStringList>

#include <cmath>

namespace bitloupe::ui {
namespace {

// Only what ECMAScript expressions treat specially; other characters must not be escaped there.
QString literally(std::string_view name)
{
    QString pattern = QStringLiteral("^");
    const QString text = toQt(name);
    for (const QChar c : text) {
        if (QStringLiteral("^$\\.*+?()[]{}|").contains(c))
            pattern += QLatin1Char('\\');
        pattern += c;
    }
    return pattern + QLatin1Char('$');
}

} // namespace

QString bitsPerWeightFor(std::uint64_t dataBytes, std::uint64_t parameters)
{
    double bpw = 8.0 * static_cast<double>(dataBytes) / static_cast<double>(parameters);
    // Rounding may land one byte beside it; the neighbours of the number do not.
    for (int step = 0; step < 8; ++step) {
        const auto budget = budgetFromBpw(bpw, parameters);
        if (!budget || budget->bytes == dataBytes)
            break;
        bpw = std::nextafter(bpw, budget->bytes < dataBytes ? 1e9 : 0);
    }
    return toQt(numberText(bpw));
}

QString exportCommand(const Model& model, const TargetProfile& profile, const Plan& plan,
    const ExportHow& how)
{
    QStringList words = {QStringLiteral("bitloupe"), QStringLiteral("export"),
        shellWord(pathToQt(model.path)), QStringLiteral("-o"), shellWord(how.destination),
        QStringLiteral("--target"), shellWord(toQt(plan.targetId))};
    if (const auto& budget = plan.options.budget; budget && budget->kind == BudgetKind::dataBytes)
        words << QStringLiteral("--target-bpw") << bitsPerWeightFor(budget->bytes, profile.parameters);
    else if (budget)
        words << QStringLiteral("--target-size") << QString::number(budget->bytes);
    if (const auto& budget = plan.options.budget; budget && budget->expertBytes)
        words << QStringLiteral("--experts-size") << QString::number(*budget->expertBytes);
    for (const Rule& rule : plan.options.rules) {
        const QString pattern = rule.decision
            ? literally(profile.decisions[*rule.decision].name)
            : toQt(rule.pattern);
        words << (rule.kind == Rule::Kind::pin ? QStringLiteral("--set") : QStringLiteral("--floor"))
              << shellWord(pattern + QLatin1Char('=') + toQt(codec(rule.codec).name));
    }
    if (how.splitBytes > 0)
        words << QStringLiteral("--split-size") << QString::number(how.splitBytes);
    if (how.requantize)
        words << QStringLiteral("--allow-requantize");
    if (!how.imatrix.isEmpty())
        words << QStringLiteral("--imatrix") << shellWord(how.imatrix);
    words << QStringLiteral("--probe") << toQt(probeTierName(how.tier))
          << QStringLiteral("--encoder") << toQt(encoderName(how.encoder));
    return words.join(QLatin1Char(' '));
}

QString exportName(const Model& model, const TargetProfile& profile, const Plan& plan)
{
    const ExportTarget* target = findExportTarget(plan.targetId);
    const bool isFile = target != nullptr && !target->isFolder;
    QString name = nameToQt(isFile ? target->fileName(model, profile, chosenOptions(plan)) : model.name,
        120).section(QLatin1Char('/'), -1);
    if (!isFile)
        name.remove(
            QRegularExpression(QStringLiteral("\\.(safetensors(\\.index\\.json)?|gguf)$")));
    name.replace(QRegularExpression(QStringLiteral("[^A-Za-z0-9._-]+")), QStringLiteral("_"));
    if (name.isEmpty() || name.startsWith(QLatin1Char('.')) || name.startsWith(QLatin1Char('-')))
        name.prepend(QStringLiteral("model"));
    if (isFile)
        return name;
    return QStringLiteral("%1-%2-%3bpw")
        .arg(name, toQt(plan.targetId), toQt(fixedText(plan.bitsPerWeight, 2)));
}

} // namespace bitloupe::ui
