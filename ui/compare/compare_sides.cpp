// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compare_sides.h"

#include "model/open.h"
#include "ui/qt_text.h"
#include "ui/rivals_table.h"

#include <algorithm>
#include <utility>

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

std::vector<double> changesOf(
    const TargetProfile& profile, const std::vector<WeightChange>& byTensor)
{
    std::vector<double> changes;
    changes.reserve(profile.decisions.size());
    for (const Decision& decision : profile.decisions) {
        WeightChange sum;
        for (const TensorId id : decision.sources)
            sum += byTensor[id.index()];
        changes.push_back(decision.sources.empty() ? unknownValue : sum.relative());
    }
    return changes;
}

std::vector<std::uint16_t> choiceFor(
    const SideQuestion& question, const TargetProfile& profile, const Planned& planned)
{
    if (question.key == QLatin1String("plan"))
        return planned.plan ? chosenOptions(*planned.plan) : std::vector<std::uint16_t>();
    if (question.key == QLatin1String("uniform"))
        return planned.uniformChoice;
    if (question.key == QLatin1String("mint"))
        return planned.mintChoice;
    if (question.saved)
        return choiceOf(*question.saved, profile);
    if (question.key != QLatin1String("source"))
        return question.mix;
    std::vector<std::uint16_t> choice;
    for (const Decision& decision : profile.decisions)
        choice.push_back(static_cast<std::uint16_t>(decision.options.size() - 1));
    return choice;
}

} // namespace

std::optional<NamedSide> answer(
    const SideQuestion& question, const TargetProfile& profile, const Planned& planned)
{
    NamedSide named;
    named.title = question.title;
    if (question.side) {
        named.side = *question.side;
        if (question.changes)
            named.changes = changesOf(profile, *question.changes);
        predictSide(profile, *planned.evidence, named.side);
        return named;
    }
    const auto choice = choiceFor(question, profile, planned);
    if (choice.size() != profile.decisions.size())
        return std::nullopt;
    named.side = planSide(profile, *planned.evidence, choice);
    return named;
}

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
    for (const SavedPlan& one : m_saved.plans())
        if (one->target == m_session.profile()->targetId)
            names.append({savedPrefix + toQt(one->name), nameToQt(one->name, 80)});
    for (const NamedChoice& one : m_session.comparisons())
        names.append({mixPrefix + toQt(one.name), nameToQt(one.name, 80)});
    for (const ReadModel& one : m_models)
        if (one.side)
            names.append({one.key, one.title});
    return names;
}

std::optional<SideQuestion> CompareSides::question(const QString& key) const
{
    SideQuestion question;
    for (const SideName& one : names())
        if (one.key == key)
            question = {one.key, one.title, {}, {}, {}, {}};
    if (question.key.isEmpty())
        return std::nullopt;
    if (key.startsWith(savedPrefix)) {
        const int row = m_saved.find(key.mid(savedPrefix.size()).toStdString());
        if (row >= 0)
            question.saved = m_saved.plans()[static_cast<std::size_t>(row)];
    }
    for (const NamedChoice& one : m_session.comparisons())
        if (key == mixPrefix + toQt(one.name))
            question.mix = one.choice;
    for (const ReadModel& one : m_models)
        if (one.key == key) {
            question.side = one.side;
            question.changes = one.changes;
        }
    return question;
}

CompareSides::Profiles CompareSides::otherProfiles() const
{
    Profiles others;
    for (const TargetOffer& offer : m_session.offers())
        if (offer.profile && offer.profile != m_session.profile())
            others.push_back(offer.profile);
    return others;
}

Result<std::shared_ptr<const ComparedSide>> CompareSides::sideOf(
    const Model& model, const TargetProfile& profile, const Profiles& others)
{
    std::vector<const TargetProfile*> pointers;
    for (const auto& other : others)
        pointers.push_back(other.get());
    auto side = modelSide(profile, nullptr, model, pointers);
    if (!side)
        return side.error();
    return std::make_shared<const ComparedSide>(*std::move(side));
}

void CompareSides::addModel(const std::filesystem::path& path)
{
    if (!m_session.model())
        return;
    m_paths.push_back(path);
    if (m_paths.size() == 1)
        readNext();
}

void CompareSides::cancel()
{
    m_paths.resize(std::min<std::size_t>(m_paths.size(), 1));
    m_reader.stop();
}

void CompareSides::readNext()
{
    if (m_paths.empty())
        return;
    m_reader.start(
        [path = m_paths.front(), own = m_session.model(), profile = m_session.profile(),
            others = otherProfiles()](const Job& job) -> Result<ReadModel> {
            auto model = openModel(path, job);
            if (!model)
                return model.error();
            ReadModel read;
            read.model = *model;
            auto side = sideOf(**model, *profile, others);
            if (!side)
                return side.error();
            if (weightsComparable(*own, **model)) {
                auto changes = weightChanges(own, *model, job);
                if (!changes)
                    return changes.error();
                read.changes = std::make_shared<const std::vector<WeightChange>>(*std::move(changes));
            }
            return read;
        },
        [this](Result<ReadModel> read) { wasRead(std::move(read)); });
}

void CompareSides::wasRead(Result<ReadModel> read)
{
    const std::filesystem::path path = m_paths.front();
    m_paths.pop_front();
    if (!read) {
        if (read.error().code != Errc::cancelled)
            emit failed(read.error());
        readNext();
        return;
    }
    read->key = modelPrefix + pathToQt(path);
    read->title = nameToQt(read->model->name, 80);
    read->fresh = true;
    std::erase_if(m_models, [&](const ReadModel& one) { return one.key == read->key; });
    m_models.push_back(*std::move(read));
    findSides(); // for the target of now, which may be another than when it began
    readNext();
}

// The same model for another target: its decisions have other names. What is being read goes on.
void CompareSides::modelChanged()
{
    if (m_session.model() != m_model) {
        m_reader.forget();
        m_paths.clear();
        m_models.clear();
    }
    m_model = m_session.model();
    for (ReadModel& one : m_models)
        one.side.reset();
    m_sider.forget();
    emit changed();
    findSides();
}

void CompareSides::findSides()
{
    if (m_models.empty() || !m_session.profile())
        return;
    m_sider.start(
        [models = m_models, profile = m_session.profile(), others = otherProfiles()](
            const Job&) -> Result<std::vector<ReadModel>> {
            std::vector<ReadModel> read = models;
            for (ReadModel& one : read)
                if (!one.side)
                    if (auto side = sideOf(*one.model, *profile, others))
                        one.side = *std::move(side);
            return read;
        },
        [this](Result<std::vector<ReadModel>> read) {
            if (read)
                m_models = *std::move(read);
            announce();
        });
}

void CompareSides::announce()
{
    emit changed();
    QStringList news;
    std::vector<QString> lost;
    for (ReadModel& one : m_models) {
        if (std::exchange(one.fresh, false) && one.side)
            news.append(one.key);
        else if (!one.side)
            lost.push_back(one.title);
    }
    for (const QString& title : lost)
        emit failed({Errc::badPlan, title.toStdString(),
            "it has no tensor that plans for this target are about"});
    for (const QString& key : qAsConst(news))
        emit added(key);
}

} // namespace bitloupe::ui
