// quoin help: commands, and what is no command's own.
#include <nlohmann/json.hpp>

#include "commands/described.h"
#include "commands/manual.h"
#include "commands/options.h"
#include "commands/topics.h"
#include "core/base/rules.h"
#include "parser/yaml/yaml.h"

namespace quoin {
namespace {

Text as_text(const Rule& rule) {
  return concat(rule.name, " (", rule.told_by.who, ")\n\n", rule.meaning, "\n\n", rule.advice, "\n");
}

std::size_t widest(const Rows& rows) {
  constexpr std::size_t most = 30;
  std::size_t width = 0;
  for (const auto& [name, doc] : rows)
    if (characters(name) <= most) width = std::max(width, characters(name));
  return width;
}

Text as_text(const Topic& topic) {
  Text text = concat(topic.head, "\n\n");
  const std::size_t width = widest(topic.rows);
  for (const auto& [name, doc] : topic.rows) {
    const bool fits = characters(name) <= width;
    text += concat("  ", name, fits ? Text(width + 2 - characters(name), ' ') : concat("\n", Text(width + 4, ' ')), doc,
                   "\n");
  }
  return text;
}

/// One page of the keys that a desired schema may have.
Text yaml_text() {
  Text text = concat(yaml_head, "\n");
  for (const YamlKind& kind : yaml_reference())
    text += concat("\n", as_text({kind.key, {}, concat(kind.key, ": ", kind.what), kind.fields}));
  return text;
}

nlohmann::ordered_json json_of(const std::vector<DescribedOption>& options) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const DescribedOption& option : options)
    all.push_back({{"names", option.names},
                   {"type", option.type},
                   {"choices", option.choices},
                   {"is_argument", option.is_argument},
                   {"text", option.doc}});
  return all;
}

nlohmann::ordered_json json_of(const DescribedCommand& command) {
  return {{"name", command.name},
          {"summary", command.summary},
          {"details", command.details},
          {"options", json_of(command.options)}};
}

nlohmann::ordered_json json_of(const Topic& topic) {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const auto& [name, doc] : topic.rows) rows.push_back({{"name", name}, {"text", doc}});
  return {{"name", topic.name}, {"title", topic.title}, {"text", topic.head}, {"rows", std::move(rows)}};
}

nlohmann::ordered_json json_of_yaml() {
  nlohmann::ordered_json kinds = nlohmann::ordered_json::array();
  for (const YamlKind& kind : yaml_reference()) {
    nlohmann::ordered_json keys = nlohmann::ordered_json::array();
    for (const auto& [name, doc] : kind.fields) keys.push_back({{"name", name}, {"text", doc}});
    kinds.push_back({{"key", kind.key}, {"text", kind.what}, {"keys", std::move(keys)}});
  }
  return {{"name", "yaml"}, {"title", "YAML"}, {"text", yaml_head}, {"kinds", std::move(kinds)}};
}

nlohmann::ordered_json json_of(const Rule& rule) {
  return {
      {"name", rule.name.text()}, {"told_by", rule.told_by.who}, {"meaning", rule.meaning}, {"advice", rule.advice}};
}

}  // namespace

nlohmann::ordered_json json_of_help(const Text& what) {
  nlohmann::ordered_json commands = nlohmann::ordered_json::array(), subjects = nlohmann::ordered_json::array();
  for (const DescribedCommand& command : described_commands()) {
    if (command.name == what) return {{"command", json_of(command)}};
    commands.push_back(json_of(command));
  }
  for (const Topic& topic : topics()) {
    if (topic.name == what) return {{"subject", json_of(topic)}};
    subjects.push_back(json_of(topic));
  }
  if (what == "yaml") return {{"subject", json_of_yaml()}};
  if (const Rule* rule = find_rule(what)) return {{"rule", json_of(*rule)}};
  subjects.push_back(json_of_yaml());
  if (!what.empty() && what != "reference") return {};
  return {{"options", json_of(common_options())}, {"commands", std::move(commands)}, {"subjects", std::move(subjects)}};
}

namespace {
int run_help_of(const Text& command) {
  List words{"quoin", command, "--help"};
  if (command.empty()) words.erase(words.begin() + 1);
  std::vector<char*> arguments;
  for (Text& word : words) arguments.push_back(word.data());
  return run(all_commands(), static_cast<int>(arguments.size()), arguments.data());
}

int run_help(const Text& what, const CommandLine& settings) {
  if (settings.json)
    if (auto json = json_of_help(what); !json.is_null()) return print_json(std::move(json)), 0;
  if (what.empty()) return run_help_of(what);
  if (what == "reference") return print_document(reference_page()), 0;
  if (what == "yaml") return print_document(yaml_text()), 0;
  List known{"reference", "yaml"};
  for (const Topic& topic : topics()) {
    if (topic.name == what) return print_document(as_text(topic)), 0;
    known.push_back(topic.name);
  }
  if (const Rule* rule = find_rule(what)) return print_document(as_text(*rule)), 0;
  for (const Rule& rule : rules()) known.emplace_back(rule.name);
  for (const Command* command : all_commands()) {
    if (what == command->name) return run_help_of(what);
    known.emplace_back(command->name);
  }
  const auto near = nearest(what, known);
  throw Error(Code::usage, concat("there is no help on \"", what, "\""), {},
              near ? concat("did you mean ", *near, "?") : "quoin help lists commands, quoin help help the subjects");
}

std::function<int()> declare(Options& options, const CommandLine& settings) {
  auto what = std::make_shared<std::optional<Text>>();
  options.argument("COMMAND", *what, "a command, or one of the subjects or rules");
  return [what, &settings] { return run_help(what->value_or(""), settings); };
}
}  // namespace

const Command help_command{"help", "explain a command, a subject or a rule",
                           "Subjects: sources, yaml, settings, directives, environment, exit-codes, json,\n"
                           "rules, reference; and every rule by its name.\n"
                           "  quoin help migrate\n"
                           "  quoin help directives\n"
                           "  quoin help created-later",
                           declare};

}  // namespace quoin
