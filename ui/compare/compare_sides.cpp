// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compare_sides.h"

#include "model/open.h"
#include "ui/compare/saved_plans.h"
#include "ui/qt_text.h"
#include "ui/rivals_table.h"

#include <algorithm>

namespace bitloupe::ui {
namespace {

const QString savedPrefix = QStringLiteral("saved/");
const QString mixPrefix = QStringLiteral("mix/");
const QString modelPrefix = QStringLiteral("model/");

// Weights of two quantized models say little about each other, and cost a decoder.
bool weightsComparable(const Model& a, const Model& b)
{
    return !a.quantized && !b.quantized && a.format == b.format
        && std::any_of(a.tensors.begin(), a.tensors.end(), [&b](const TensorInfo& info) {
               const auto other = b.find(info.name);
               return info.role != TensorRole::auxiliary && other
                   && b.tensor(*other).shape == info.shape;
           });
}

} // namespace

CompareSides::CompareSides(const Session& session, const SavedPlans& saved, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_saved(saved)
{
    connect(&session, &Session::modelChanged, this, &CompareSides::modelChanged);
    connect(&session, &Session::mixRead, this, &CompareSides::changed);
    connect(&m_saved, &SavedPlans::changed, this, &CompareSides::changed);
    connect(&m_reader, &JobRunner::progressed, this, &CompareSides::progressed);
}

QVector<SideName> CompareSides::names() const
{
    QVector<SideName> names;
    if (!m_session.profile())
        return names;
    const Planned* planned = m_session.planned().get();
    names.append({QStringLiteral("plan"), tr("This plan")});
    const QString uniform = planned && planned->uniform ? uniformTitle(*planned->uniform) : tr("Uniform");
    names.append({QStringLiteral("uniform"), tr("%1, same size").arg(uniform)});
    if (planned && !planned->mintChoice.empty())
        names.append({QStringLiteral("mint"), tr("MINT, same size")});
    names.append({QStringLiteral("source"), tr("The model itself")});
    for (const ProjectPlan& one : m_saved.plans())
        if (one.target == m_session.profile()->targetId)
            names.append({savedPrefix + toQt(one.name), nameToQt(one.name, 80)});
    for (const NamedChoice& one : m_session.comparisons())
        names.append({mixPrefix + toQt(one.name), nameToQt(one.name, 80)});
    for (const ReadModel& one : m_models)
        if (one.side)
            names.append({one.key, one.title});
    return names;
}

std::optional<NamedSide> CompareSides::side(const QString& key) const
{
    const Planned* planned = m_session.planned().get();
    if (!m_session.profile() || !planned || !planned->evidence)
        return std::nullopt;
    const TargetProfile& profile = *m_session.profile();
    const Evidence& evidence = *planned->evidence;
    if (evidence.decisions.size() != profile.decisions.size())
        return std::nullopt;
    NamedSide named;
    for (const SideName& one : names())
        if (one.key == key)
            named.title = one.title;
    if (key == QLatin1String("plan") && planned->plan)
        named.choice = chosenOptions(*planned->plan);
    else if (key == QLatin1String("uniform"))
        named.choice = planned->uniformChoice;
    else if (key == QLatin1String("mint"))
        named.choice = planned->mintChoice;
    else if (key == QLatin1String("source"))
        for (const Decision& decision : profile.decisions)
            named.choice.push_back(static_cast<std::uint16_t>(decision.options.size() - 1));
    else if (key.startsWith(savedPrefix)) {
        const int row = m_saved.find(key.mid(savedPrefix.size()).toStdString());
        if (row >= 0)
            named.choice = choiceOf(m_saved.plans()[static_cast<std::size_t>(row)], profile);
    } else if (key.startsWith(mixPrefix)) {
        for (const NamedChoice& one : m_session.comparisons())
            if (toQt(one.name) == key.mid(mixPrefix.size()))
                named.choice = one.choice;
    }
    for (const ReadModel& one : m_models)
        if (one.key == key && one.side) {
            named.side = *one.side;
            named.changes = changesOf(one);
            predictSide(profile, evidence, named.side);
            return named;
        }
    if (named.choice.size() != profile.decisions.size())
        return std::nullopt;
    named.side = planSide(profile, evidence, named.choice);
    return named;
}

std::vector<double> CompareSides::changesOf(const ReadModel& read) const
{
    if (!read.changes)
        return {};
    std::vector<double> changes;
    for (const Decision& decision : m_session.profile()->decisions) {
        WeightChange sum;
        for (const TensorId id : decision.sources)
            sum += (*read.changes)[id.index()];
        changes.push_back(decision.sources.empty() ? unknownValue : sum.relative());
    }
    return changes;
}

CompareSides::Profiles CompareSides::otherProfiles() const
{
    Profiles others;
    for (const TargetOffer& offer : m_session.offers())
        if (offer.profile && offer.profile != m_session.profile())
            others.push_back(offer.profile);
    return others;
}

Result<ComparedSide> CompareSides::sideOf(
    const Model& model, const TargetProfile& profile, const Profiles& others)
{
    std::vector<const TargetProfile*> pointers;
    for (const auto& other : others)
        pointers.push_back(other.get());
    return modelSide(profile, nullptr, model, pointers);
}

void CompareSides::addModel(const std::filesystem::path& path)
{
    if (!m_session.model())
        return;
    const auto own = m_session.model();
    m_reader.start(
        [path, own, profile = m_session.profile(), others = otherProfiles()](
            const Job& job) -> Result<ReadModel> {
            auto model = openModel(path, job);
            if (!model)
                return model.error();
            ReadModel read;
            read.model = *model;
            auto side = sideOf(**model, *profile, others);
            if (!side)
                return side.error();
            read.side = *std::move(side);
            if (weightsComparable(*own, **model)) {
                auto changes = weightChanges(own, *model, job);
                if (!changes)
                    return changes.error();
                read.changes = std::make_shared<const std::vector<WeightChange>>(*std::move(changes));
            }
            return read;
        },
        [this, path](Result<ReadModel> read) {
            if (!read) {
                if (read.error().code != Errc::cancelled)
                    emit failed(read.error());
                return;
            }
            read->key = modelPrefix + pathToQt(path);
            read->title = nameToQt(read->model->name, 80);
            std::erase_if(m_models, [&](const ReadModel& one) { return one.key == read->key; });
            m_models.push_back(*std::move(read));
            emit changed();
            emit added(m_models.back().key);
        });
}

// The same model for another target: its decisions have other names.
void CompareSides::modelChanged()
{
    m_reader.forget();
    if (m_session.model() != m_model)
        m_models.clear();
    m_model = m_session.model();
    for (ReadModel& one : m_models)
        one.side.reset();
    emit changed();
    if (m_models.empty() || !m_session.profile())
        return;
    m_reader.start(
        [models = m_models, profile = m_session.profile(), others = otherProfiles()](
            const Job&) -> Result<std::vector<ReadModel>> {
            std::vector<ReadModel> read = models;
            for (ReadModel& one : read)
                if (auto side = sideOf(*one.model, *profile, others))
                    one.side = *std::move(side);
            return read;
        },
        [this](Result<std::vector<ReadModel>> read) {
            if (read)
                m_models = *std::move(read);
            emit changed();
        });
}

} // namespace bitloupe::ui
