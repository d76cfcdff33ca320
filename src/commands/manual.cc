#include "commands/manual.h"

#include "commands/described.h"
#include "commands/rule_examples.h"
#include "commands/topics.h"
#include "core/base/rules.h"
#include "parser/yaml/yaml.h"

namespace quoin {
namespace {
Text escaped(std::string_view text) {
  Text all;
  for (const char c : text) {
    if (c == '|' || c == '<' || c == '*') all += '\\';
    all += c;
  }
  return all;
}

Text table_of(const Rows& rows) {
  Text text = "| | |\n| --- | --- |\n";
  for (const auto& [name, doc] : rows) text += concat("| `", name, "` | ", escaped(doc), " |\n");
  return text;
}

Text yaml_markdown() {
  Text text = concat("\n## YAML\n\n", yaml_head, "\n");
  for (const YamlKind& kind : yaml_reference())
    text += concat("\n### ", kind.key, ": ", escaped(kind.what), "\n\n", table_of(kind.fields));
  return text;
}

Rows rows_of(const std::vector<DescribedOption>& options) {
  Rows rows;
  for (const DescribedOption& option : options) {
    const bool typed = !option.is_argument && !option.type.empty();
    // A bar inside of code still ends a table's cell.
    Text type;
    for (const char c : option.type) type += c == '|' ? Text("\\|") : Text(1, c);
    rows.emplace_back(concat(join(option.names, ", "), typed ? concat(" ", type) : Text()), option.doc);
  }
  return rows;
}

Text about_command(const DescribedCommand& command) {
  Text text = concat(escaped(command.summary), ".\n\n```text\n", command.details, "\n```\n");
  if (!command.options.empty()) text += concat("\n", table_of(rows_of(command.options)));
  return text;
}

Text replaced(std::string_view text, std::string_view what, std::string_view by) {
  Text all(text);
  for (std::size_t at = all.find(what); at != Text::npos; at = all.find(what, at + by.size()))
    all.replace(at, what.size(), by);
  return all;
}

// ---- Rules ----

/// The sentence that stands before the files, and each file as a block of code.
Text shown(const RuleExample& example) {
  Text text;
  bool in_file = false;
  for (const Text& line : split(trim(example.files), '\n')) {
    if (!line.starts_with("@ ")) {
      text += concat(line, "\n");
      continue;
    }
    const std::string_view path = std::string_view(line).substr(2);
    text += concat(in_file ? "```\n" : "", text.empty() ? "" : "\n", "`", path, "`\n\n```",
                   path.ends_with(".sql") ? "sql" : "yaml", "\n");
    in_file = true;
  }
  text += in_file ? "```\n\n" : "\n";
  return example.run.empty() ? text : concat(text, "`quoin ", example.run, "` tells of it.\n\n");
}

Text tellers(std::string_view who, std::string_view to_commands) {
  static const auto commands = described_commands();
  List names;
  for (const Text& part : split(who, ',')) {
    const Text name(trim(part));
    if (std::ranges::count(commands, name, &DescribedCommand::name) == 0)
      names.push_back(concat("whatever reads ", name));
    else if (to_commands.empty())
      names.push_back(concat("`quoin ", name, "`"));
    else
      names.push_back(concat("[quoin ", name, "](", to_commands, name, ".md)"));
  }
  return join(names, ", ");
}
}  // namespace

Text about_rule(RuleName name, std::string_view to_commands) {
  Text head, advice, if_meant;
  for (const Rule& rule : rules()) {
    if (rule.name != name) continue;
    head += concat(escaped(rule.meaning), "\n\nTold by ", tellers(rule.told_by.who, to_commands), ".\n\n");
    advice += concat(escaped(rule.advice), "\n\n");
    if_meant += concat(replaced(rule.told_by.if_meant, "NAME", name), "\n\n");
  }
  Text examples;
  for (const RuleExample& example : rule_examples())
    if (example.rule == name) examples += shown(example);
  return concat(head, "## For example\n\n", examples, "## What to do\n\n", advice, "## If it is meant\n\n",
                trim(if_meant), "\n");
}

Text reference_page() {
  Text page = "# Reference\n\nWritten by `quoin help reference`.\n\n## Options of every command\n\n";
  page += table_of(rows_of(common_options()));
  for (const DescribedCommand& command : described_commands())
    page += concat("\n## quoin ", command.name, "\n\n", about_command(command));
  for (const Topic& topic : topics())
    if (topic.name != "rules")
      page += concat("\n## ", topic.title, "\n\n", escaped(topic.head), "\n\n", table_of(topic.rows));
  page += "\n## Rules\n\nEach has a page of its own, with an example.\n\n| | | |\n| --- | --- | --- |\n";
  for (const Rule& rule : rules())
    page += concat("| [", rule.name, "](rules/", rule.name, ".md) | ", rule.told_by.who, " | ", escaped(rule.meaning),
                   " |\n");
  return page + yaml_markdown();
}

std::vector<ManualPage> manual_pages() {
  const Text written = "\n[All of the reference](../reference.md)\n";
  std::vector<ManualPage> pages{{"reference.md", reference_page()}};
  for (const DescribedCommand& command : described_commands())
    pages.push_back({concat("commands/", command.name, ".md"),
                     concat("# quoin ", command.name, "\n\n", about_command(command), written)});
  for (const std::string_view name : rule_names)
    pages.push_back({concat("rules/", name, ".md"),
                     concat("# ", name, "\n\n", about_rule(find_rule(name)->name, "../commands/"), written)});
  return pages;
}

}  // namespace quoin
