// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/options.h"

#include "app/command.h"
#include "base/text.h"

#include <CLI/CLI.hpp>

#include <array>

namespace bitloupe {
namespace {

constexpr unsigned everyVerb = ~0U;

using Field =
    std::variant<bool Options::*, std::string Options::*, std::vector<std::string> Options::*>;

struct OptionRow {
    unsigned groups; // a verb takes the option when it has one of these
    const char* flags;
    const char* value; // what stands for the value in the help text; empty for a switch
    const char* help;
    Field field;
};

const auto rows = std::to_array<OptionRow>({
    {outputFileOption, "-o,--output", "FILE", "Write the result as JSON into FILE",
        &Options::output},
    {outputDirectoryOption, "-o,--output", "PATH",
        "The directory to make, for GGUF the file or a folder to put it in; must not exist",
        &Options::output},
    {exportOptions, "--plan", "FILE", "Use the plan in FILE instead of planning", &Options::plan},
    {planOptions, "--target", "NAME", "What the plan is for: mlx or gguf", &Options::target},
    {planOptions, "--target-bpw", "X",
        "Budget: bits per weight of all tensor data, scales included", &Options::targetBpw},
    {planOptions, "--target-size", "SIZE",
        "Budget: bytes of all weight files, e.g. 4.5GB, 4.2GiB, 75715200", &Options::targetSize},
    {planOptions, "--device", "NAME", "Budget: what fits this device; needs --context",
        &Options::device},
    {planOptions, "--context", "N", "Tokens of context the device must hold", &Options::context},
    {planOptions, "--kv-type", "TYPE", "KV cache on the device: f16, fp8, q8_0, q4_0",
        &Options::kvType},
    {planOptions, "--sequences", "N", "Sequences held at the same time (1)", &Options::sequences},
    {planOptions, "--experts-size", "SIZE",
        "Experts stay in RAM and have this budget; --target-size or --device is for the rest",
        &Options::expertsSize},
    {planOptions, "--strategy", "NAME", "damage (the default), uniform, swan or mint",
        &Options::strategy},
    {planOptions, "--like", "FILE",
        "GGUF: take the types of another GGUF file's tensors; --set may say otherwise",
        &Options::like},
    {planOptions, "--set", "REGEX=CODEC", "Pin what REGEX finds to CODEC; may be repeated",
        &Options::sets},
    {planOptions, "--floor", "REGEX=CODEC",
        "No fewer bits than CODEC for what REGEX finds; may be repeated", &Options::floors},
    {planOptions, "--force", "",
        "Write what the target cannot settle as it is: unknown names unrenamed, no tokenizer",
        &Options::force},
    {planOptions, "--float-type", "TYPE",
        "GGUF: f16, bf16 or f32 for what stays unquantized (the source's)", &Options::floatType},
    {planOptions, "--split-size", "SIZE", "GGUF: files of at most SIZE of weights each",
        &Options::splitSize},
    {planOptions, "--allow-requantize", "",
        "GGUF: encode weights again that lost something already", &Options::allowRequantize},
    {recipeOptions, "--tensor-types", "FILE",
        "GGUF: write the types for llama-quantize --tensor-type-file", &Options::tensorTypes},
    {recipeOptions, "--custom-q", "FILE",
        "GGUF: write the types for --custom-q of ik_llama.cpp", &Options::customQ},
    {analysisOptions, "--probe", "DEPTH",
        "Look into the model: none, forward, full, self-text or auto (the default: the deepest "
        "that it and this machine allow)",
        &Options::probe},
    {analysisOptions, "--imatrix", "FILE",
        "Take the inputs' moments from an importance file of llama.cpp", &Options::imatrix},
    {saveImatrixOption, "--save-imatrix", "FILE",
        "Write the probe's moments as an importance file of llama.cpp", &Options::saveImatrix},
    {exportOptions, "--encoder", "NAME",
        "round, search or feedback (the default: the best one that the probe allows)",
        &Options::encoder},
    {exportOptions, "--keep-bad-tensors", "",
        "Keep tensors with NaN or infinity unquantized instead of refusing",
        &Options::keepBadTensors},
    {exportOptions, "--dry-run", "", "Say what would be written, and its exact size",
        &Options::dryRun},
    {sourceOption, "--source", "MODEL", "Compare every tensor with the model it was made from",
        &Options::source},
    {analysisOptions, "--no-cache", "", "Measure again, and keep nothing for the next time",
        &Options::noCache},
    {everyVerb, "--json", "", "Print the result as JSON", &Options::json},
    {everyVerb, "--quiet", "", "Print errors only", &Options::quiet},
    {everyVerb, "--threads", "N", "Threads to use (all); the result is the same for any number",
        &Options::threads},
    {everyVerb, "--progress", "KIND", "json, bar or none (bar on a terminal)", &Options::progress},
});

void addOption(CLI::App& app, const OptionRow& row, Options& options)
{
    if (const auto* flag = std::get_if<bool Options::*>(&row.field)) {
        app.add_flag(row.flags, options.*(*flag), row.help);
    } else if (const auto* text = std::get_if<std::string Options::*>(&row.field)) {
        app.add_option(row.flags, options.*(*text), row.help)->type_name(row.value);
    } else if (const auto* many = std::get_if<std::vector<std::string> Options::*>(&row.field)) {
        // One value each time it is given, so that it never swallows the model's path.
        app.add_option(row.flags, options.*(*many), row.help)
            ->type_name(row.value)
            ->type_size(1)
            ->allow_extra_args(false);
    }
}

CLI::App* addVerb(CLI::App& app, const Command& command, Options& options)
{
    CLI::App* verb = app.add_subcommand(std::string(command.name), std::string(command.summary));
    verb->get_help_ptr()->description("Print this help");
    if (!command.argument.empty())
        verb->add_option(std::string(command.argument), options.model)
            ->required()
            ->type_name("PATH");
    for (const OptionRow& row : rows)
        if (row.groups == everyVerb || (row.groups & command.groups) != 0)
            addOption(*verb, row, options);
    return verb;
}

EarlyEnd endOf(CLI::App& app, const CLI::ParseError& error)
{
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
        std::ostringstream text;
        app.exit(error, text, text);
        return {ExitCode::done, text.str()};
    }
    return {ExitCode::usage, printable(error.what(), 500)};
}

} // namespace

std::variant<Invocation, EarlyEnd> parseCommandLine(
    std::span<const char* const> arguments, std::span<const Command> commands)
{
    CLI::App app("Shows which tensors of a language model can be squeezed, and squeezes them.\n"
                 "Without a verb, bitloupe [PATH] opens the window.",
        "bitloupe");
    app.get_formatter()->column_width(28);
    app.get_help_ptr()->description("Print this help");
    app.set_version_flag("--version", "bitloupe " BITLOUPE_VERSION, "Print the version");
    app.require_subcommand(1);
    Invocation invocation;
    std::vector<CLI::App*> verbs;
    for (const Command& command : commands)
        verbs.push_back(addVerb(app, command, invocation.options));
    try {
        app.parse(static_cast<int>(arguments.size()), arguments.data());
    } catch (const CLI::ParseError& error) {
        return endOf(app, error);
    }
    for (std::size_t i = 0; i < verbs.size(); ++i)
        if (verbs[i]->parsed())
            invocation.command = &commands[i];
    return invocation;
}

} // namespace bitloupe
