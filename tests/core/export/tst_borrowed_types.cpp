// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/borrowed_types.h"

#include "core/export/made_gguf.h"

#include <QTest>

using namespace bitloupe;
using namespace bitloupe::tests;

namespace {

// Somebody's file with the decisions' names, all of one type but for those named.
Model mixedLike(const TargetProfile& profile, DType type,
    const std::vector<std::pair<std::string, DType>>& others = {})
{
    Model mixed;
    mixed.name = "mixed.gguf";
    mixed.format = ModelFormat::gguf;
    for (const Decision& decision : profile.decisions) {
        TensorInfo info;
        info.name = decision.tensorName;
        info.dtype = decision.options.size() > 1 ? type : DType::F32;
        info.shape = decision.shape;
        mixed.tensors.push_back(info);
    }
    for (const auto& [name, other] : others) {
        const auto at = std::ranges::find(mixed.tensors, name, &TensorInfo::name);
        TensorInfo added;
        added.name = name;
        TensorInfo& info = at == mixed.tensors.end() ? mixed.tensors.emplace_back(added) : *at;
        info.dtype = other;
    }
    return mixed;
}

DType pinned(const MadeGguf& made, const BorrowedTypes& borrowed, const std::string& name)
{
    for (const Rule& pin : borrowed.pins)
        if (made.profile.decisions[*pin.decision].tensorName == name)
            return codec(pin.codec).storedType;
    return DType::BOOL;
}

} // namespace

class tst_BorrowedTypes : public QObject {
    Q_OBJECT

private slots:
    void every_choice_is_pinned_to_the_files_type()
    {
        MadeGguf made;
        QVERIFY(made.open(configOf("llama"), dense()));
        const auto borrowed = borrowTypes(made.profile,
            mixedLike(made.profile, DType::Q4_0,
                {{"blk.0.attn_v.weight", DType::Q8_0}, {"blk.0.attn_q.weight", DType::F16}}));
        QVERIFY(borrowed.has_value());
        QVERIFY(borrowed->notes.empty());
        QCOMPARE(borrowed->pins.size(), std::size_t {8}); // without the norms
        QVERIFY(pinned(made, *borrowed, "blk.0.ffn_up.weight") == DType::Q4_0);
        QVERIFY(pinned(made, *borrowed, "blk.0.attn_v.weight") == DType::Q8_0);
        QVERIFY(pinned(made, *borrowed, "blk.0.attn_q.weight") == DType::BF16);
    }

    void what_is_not_written_gives_way_to_the_next_larger()
    {
        MadeGguf made;
        QVERIFY(made.open(configOf("llama"), dense()));
        const auto borrowed = borrowTypes(made.profile,
            mixedLike(made.profile, DType::Q5_1, {{"blk.0.ffn_up.weight", DType::IQ3_XXS}}));
        QVERIFY(borrowed.has_value());
        QCOMPARE(borrowed->notes.size(), std::size_t {1});
        QVERIFY(borrowed->notes.front().find("1 of IQ3_XXS") != std::string::npos);
        const DType type = pinned(made, *borrowed, "blk.0.ffn_up.weight");
        QVERIFY(type == DType::Q4_0 || type == DType::IQ4_NL); // rows of 64: nothing smaller
    }

    void a_tied_head_has_the_type_of_the_files_head()
    {
        MadeGguf made;
        QVERIFY(made.open(configOf("llama"), dense()));
        const auto borrowed = borrowTypes(made.profile,
            mixedLike(made.profile, DType::Q4_0, {{"output.weight", DType::Q8_0}}));
        QVERIFY(borrowed.has_value());
        QVERIFY(pinned(made, *borrowed, "token_embd.weight") == DType::Q8_0);
    }

    void another_model_is_refused_by_the_tensor_that_it_lacks()
    {
        MadeGguf made;
        QVERIFY(made.open(configOf("llama"), dense()));
        Model mixed = mixedLike(made.profile, DType::Q4_0);
        std::erase_if(mixed.tensors,
            [](const TensorInfo& info) { return info.name == "blk.0.attn_k.weight"; });
        const auto borrowed = borrowTypes(made.profile, mixed);
        QVERIFY(!borrowed && borrowed.error().code == Errc::badPlan);
        QVERIFY(borrowed.error().message().find("blk.0.attn_k.weight") != std::string::npos);
        mixed.format = ModelFormat::safetensors;
        QVERIFY(!borrowTypes(made.profile, mixed));
    }
};

QTEST_APPLESS_MAIN(tst_BorrowedTypes)
#include "tst_borrowed_types.moc"
