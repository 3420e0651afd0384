#include "cli/command_list.h"

#include <CLI/CLI.hpp>
#include <string_view>
#include <utility>

#include "cli/exit_status.h"
#include "cli/options.h"
#include "render/json_writer.h"
#include "unspin/unspin.h"

namespace unspin::cli {
namespace {

// What CLI11 says of the option's validator `name`; empty where it has none.
std::string SaidByValidator(const CLI::Option& option, const char* name) {
  try {
    // CLI11 has no const way to ask; nothing is changed.
    return const_cast<CLI::Option&>(option).get_validator(name)->get_description();
  } catch (const CLI::OptionNotFound&) {
    return "";
  }
}

std::vector<std::string> SplitAt(std::string_view separator, std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const size_t end = std::min(text.find(separator), text.size());
    if (end > 0) parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + separator.size(), text.size()));
  }
  return parts;
}

// The word for a value. CLI11's own words for types are for programmers. Texts that are neither files nor folders have
// a word of their own.
std::string ValueWord(const CLI::Option& option) {
  if (option.get_items_expected_max() == 0) return "";
  std::string type = option.get_type_name();
  type = type.substr(0, type.find(':'));  // behind it are the validators
  if (type == "UINT" || type == "INT") return "N";
  if (type == "FLOAT") return "NUMBER";
  if (type != "TEXT") return type;
  const std::string help = option.get_description();
  if (help.starts_with("folder ")) return "FOLDER";
  return help.starts_with("i/n") ? "I/N" : "FILE";
}

// Takes the default that WithDefault wrote at the end of a help text.
void TakeDefault(OptionHelp& option) {
  constexpr std::string_view kBegin = " (default: ";
  const size_t begin = option.help.rfind(kBegin);
  if (begin == std::string::npos || !option.help.ends_with(')')) return;
  const size_t value = begin + kBegin.size();
  option.default_value = option.help.substr(value, option.help.size() - value - 1);
  option.help.resize(begin);
}

// Takes the examples and the notes out of a footer (command.h).
void TakeFooter(std::string footer, CommandHelp& command) {
  if (const size_t examples = footer.find(kExamplesHeading); examples != std::string::npos) {
    for (const std::string& line : SplitAt("\n", footer.substr(examples + kExamplesHeading.size())))
      command.examples.push_back(line.substr(line.find_first_not_of(' ')));
    footer.resize(examples);
  }
  for (std::string paragraph : SplitAt("\n\n", footer)) {
    while (paragraph.ends_with('\n')) paragraph.pop_back();
    for (char& c : paragraph) c = c == '\n' ? ' ' : c;
    if (!paragraph.empty()) command.notes.push_back(std::move(paragraph));
  }
}

void WriteTexts(const char* key, const std::vector<std::string>& texts, JsonWriter& json) {
  json.Key(key);
  json.BeginArray();
  for (const std::string& text : texts) json.Text(text);
  json.EndArray();
}

void WriteOptions(const char* key, const std::vector<OptionHelp>& options, JsonWriter& json) {
  json.Key(key);
  json.BeginArray();
  for (const OptionHelp& option : options) {
    json.BeginObject();
    WriteTexts("names", option.names, json);
    json.FieldUnlessEmpty("value", option.value);
    if (!option.words.empty()) WriteTexts("words", option.words, json);
    json.FieldUnlessEmpty("range", option.range);
    json.Field("help", option.help);
    json.FieldUnlessEmpty("default", option.default_value);
    json.FieldUnlessEmpty("group", option.group);
    json.Field("required", option.is_required);
    json.Field("several", option.is_repeated);
    json.EndObject();
  }
  json.EndArray();
}

void WriteCommand(const CommandHelp& command, JsonWriter& json) {
  json.Field("name", command.name);
  json.Field("purpose", command.purpose);
  WriteTexts("notes", command.notes, json);
  WriteTexts("examples", command.examples, json);
  WriteOptions("arguments", command.arguments, json);
  WriteOptions("options", command.options, json);
  json.Key("commands");
  json.BeginArray();
  for (const CommandHelp& below : command.commands) {
    json.BeginObject();
    WriteCommand(below, json);
    json.EndObject();
  }
  json.EndArray();
}

}  // namespace

const StatusHelp kStatusHelp[5] = {
    {static_cast<int>(ExitStatus::kDone), "done"},
    {static_cast<int>(ExitStatus::kFound), "`check --fail-on` made such a finding; `verify`: a pack differs"},
    {static_cast<int>(ExitStatus::kFailed), "not done"},
    {static_cast<int>(ExitStatus::kSkipped), "done, but records were skipped"},
    {static_cast<int>(ExitStatus::kReaderGone), "the reader of standard output has gone, as `head` does"},
};

std::string OptionHelp::Shown() const {
  std::string shown;
  for (const std::string& name : names) shown += (shown.empty() ? "" : ", ") + name;
  if (!value.empty()) shown += (shown.empty() ? "" : " ") + value;
  return shown + (is_repeated ? "..." : "");
}

OptionHelp DescribeOption(const CLI::Option& option) {
  OptionHelp out;
  for (const std::string& name : option.get_snames()) out.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) out.names.push_back("--" + name);
  out.value = ValueWord(option);
  out.words = SplitAt("|", SaidByValidator(option, kWordsValidator));
  out.range = SaidByValidator(option, kRangeValidator);
  out.help = option.get_description();
  TakeDefault(out);
  out.group = option.get_group();
  out.is_required = option.get_required() || !SaidByValidator(option, kRequiredMark).empty();
  out.is_repeated = option.get_expected_max() > 1;
  return out;
}

CommandHelp DescribeCommand(const CLI::App& command) {
  CommandHelp out;
  for (const CLI::App* app = &command; app != nullptr; app = app->get_parent())
    out.name = app->get_name() + (out.name.empty() ? "" : " " + out.name);
  out.purpose = command.get_description();
  TakeFooter(command.get_footer(), out);
  for (const CLI::Option* option : command.get_options())
    (option->get_positional() ? out.arguments : out.options).push_back(DescribeOption(*option));
  for (const CLI::App* below : command.get_subcommands([](const CLI::App*) { return true; }))
    out.commands.push_back(DescribeCommand(*below));
  return out;
}

std::string CommandListJson(const CommandHelp& program) {
  JsonWriter json;
  json.BeginObject();
  json.Field("version", kVersion);
  json.Key("exit_statuses");
  json.BeginArray();
  for (const auto& [status, meaning] : kStatusHelp) {
    json.BeginObject();
    json.Field("status", status);
    json.Field("meaning", std::string_view(meaning));
    json.EndObject();
  }
  json.EndArray();
  WriteCommand(program, json);
  json.EndObject();
  return json.Take();
}

}  // namespace unspin::cli
