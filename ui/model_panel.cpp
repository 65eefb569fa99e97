// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model_panel.h"

#include "ui/decision_text.h"
#include "ui/elided_label.h"
#include "ui/muted_label.h"
#include "ui/qt_text.h"

#include <QFormLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <map>

namespace bitloupe::ui {
namespace {

// The dtype that holds most bytes.
QString mainDType(const Model& model)
{
    std::map<DType, std::uint64_t> bytes;
    for (const TensorInfo& tensor : model.tensors)
        bytes[tensor.dtype] += tensor.byteSize;
    const auto most = std::max_element(bytes.begin(), bytes.end(),
        [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == bytes.end() ? QString() : toQt(dtypeInfo(most->first).name);
}

int layersOf(const Model& model)
{
    int layers = 0;
    for (const TensorInfo& tensor : model.tensors)
        layers = std::max(layers, tensor.layer + 1);
    return layers;
}

QString headText(const Model& model, const TargetProfile& profile)
{
    const auto& decisions = profile.decisions;
    const auto any = [&decisions](const auto& test) {
        return std::any_of(decisions.begin(), decisions.end(), test);
    };
    if (any([](const Decision& one) { return one.role == TensorRole::lmHead; }))
        return ModelPanel::tr("of its own");
    return any([&](const Decision& one) { return servesHead(model, profile, one); })
        ? ModelPanel::tr("tied to embed")
        : ModelPanel::tr("none");
}

// A long name without spaces may break at its underscores: it must not hold the window open.
QString breakable(QString name)
{
    return name.replace(u'_', QStringLiteral("_\u200B"));
}

} // namespace

ModelPanel::ModelPanel(const Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(4);
    m_name = new QLabel(this);
    m_name->setTextFormat(Qt::PlainText);
    m_name->setWordWrap(true);
    QFont font = m_name->font();
    font.setWeight(QFont::DemiBold);
    m_name->setFont(font);
    column->addWidget(m_name);
    auto* form = new QFormLayout;
    form->setVerticalSpacing(2);
    form->setHorizontalSpacing(12);
    for (const QString& title :
        {tr("Architecture"), tr("Parameters"), tr("Source"), tr("Tensors"), tr("Head")}) {
        QLabel* label = mutedLabel(title, this);
        auto* value = new ElidedLabel(this);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        form->addRow(label, value);
        m_values.append(value);
    }
    column->addLayout(form);
    column->addStretch(1);
}

void ModelPanel::reload()
{
    const Model* model = m_session.model().get();
    m_name->setText(model ? breakable(nameToQt(model->name, 80)) : QString());
    m_name->setToolTip(model ? nameToQt(model->path.string(), 1000).toHtmlEscaped() : QString());
    if (!model) {
        for (QLabel* value : qAsConst(m_values))
            value->clear();
        return;
    }
    const TargetProfile& profile = *m_session.profile();
    const auto free = std::count_if(profile.decisions.begin(), profile.decisions.end(),
        [](const Decision& decision) { return decision.options.size() > 1; });
    const QString type = model->config.modelType.empty() ? tr("unknown")
                                                         : nameToQt(model->config.modelType, 40);
    m_values[0]->setText(tr("%1, layers: %2").arg(type).arg(layersOf(*model)));
    m_values[1]->setText(
        model->isPacked() ? tr("unknown") : parametersToQt(model->parameters()));
    const QString kind
        = model->quantized ? nameToQt(model->quantized->text(), 40) : mainDType(*model);
    m_values[2]->setText(tr("%1, %2").arg(sizeToQt(model->totalBytes()),
        model->format == ModelFormat::gguf ? tr("GGUF %1").arg(kind) : kind));
    m_values[3]->setText(tr("%1, decisions: %2")
                             .arg(countToQt(model->tensors.size()), countToQt(std::uint64_t(free))));
    m_values[4]->setText(headText(*model, profile));
}

} // namespace bitloupe::ui
