// quoin help: commands, and what is no command's own.
#include <nlohmann/json.hpp>

#include "commands/described.h"
#include "commands/options.h"
#include "core/base/rules.h"
#include "parser/migrations/migration.h"
#include "parser/yaml/yaml.h"
#include "project/config.h"

namespace quoin {
namespace {

using Row = std::pair<Text, Text>;
using Rows = std::vector<Row>;

struct Topic {
  Text name, title, head;
  Rows rows;
};

Topic settings_topic() {
  Topic topic{"settings",
              "Settings",
              "Keys of quoin.yaml, all of which may be left out. Paths are seen from the file's own folder.",
              {}};
  for (const SettingDoc& setting : setting_docs()) topic.rows.emplace_back(setting.key, setting.doc);
  return topic;
}

Topic directives_topic() {
  Topic topic{"directives", "Directives", "Comments in a migration file, as in `-- quoin: no-transaction`.", {}};
  for (const DirectiveDoc& directive : directive_docs())
    topic.rows.emplace_back(concat(directive.name, directive.argument.empty() ? "" : " ", directive.argument),
                            directive.doc);
  return topic;
}

Topic sources_topic() {
  return {"sources",
          "Sources",
          "Where a command takes a SOURCE, it reads a schema from one of these.",
          {{"postgresql://…, postgres://…", "a live database; PGHOST… and .pgpass work as everywhere"},
           {"x.yaml, a folder of YAML", "a desired schema"},
           {"x.sql", "DDL, read without a server"},
           {"a folder of SQL", "migrations in their order, read without a server"},
           {"db:, yaml:, sql:, migrations:", "before any of these: the same, said outright"},
           {"empty:", "a database as it is when made: schema public with its comment, and plpgsql"}}};
}

Topic environment_topic() {
  return {
      "environment",
      "Environment variables",
      "The database is --database, else DATABASE_URL, else the environment's of quoin.yaml, else DATABASE_HOST, else"
      " what libpq's own variables name. What is not set is taken from --env-file, or from .env in the working folder.",
      {{"DATABASE_URL", "the database"},
       {"DATABASE_HOST, DATABASE_PORT, DATABASE_NAME, DATABASE_USERNAME, DATABASE_PASSWORD, DATABASE_SSL_ENABLED",
        "the same in parts; without DATABASE_HOST they mean nothing"},
       {"PGHOST, PGPORT, PGDATABASE, PGUSER, PGPASSWORD, PGSERVICE, PGPASSFILE…", "libpq's own, as everywhere"},
       {"PGCONNECT_TIMEOUT", "seconds to wait for a connection (default: 10)"},
       {"NO_COLOR", "set to anything: no color"},
       {"TMPDIR", "where the shadow server's folder lies (default: /tmp; not used when quoin runs as root)"},
       {"XDG_CACHE_HOME", "where the shadow server's template is kept (default: ~/.cache; /var/cache for root)"},
       {"PATH", "where server programs are looked for, besides /usr/lib/postgresql/*/bin"}}};
}

Topic codes_topic() {
  return {"exit-codes",
          "Exit codes",
          "Results go to stdout, everything else to stderr.",
          {{"0", "done"},
           {"1", "errors were found, or differences where they were asked for"},
           {"2", "failed: input that cannot be used, or the database refused"},
           {"3", "not done, for safety: a changed file, a lock that is held, a loss that was not allowed"},
           {"64", "wrong usage"}}};
}

Topic json_topic() {
  return {
      "json",
      "JSON",
      "With --json every command writes one document to stdout, and at most one to stderr: an error, or what would be"
      " remarked there. New keys may come; those that are there keep their meaning. A version is the same string"
      " everywhere.",
      {{"any error",
        "{error: {message, place: {file, line, column}, hint, sqlstate, detail, exit_code}, findings, remarks: "
        "[text]}"},
       {"what else is remarked", "{findings, remarks: [text]}"},
       {"verify, validate",
        "{findings: [{severity, rule, message, place, object, hint}]}; verify, where migrations are out of order: "
        "order: "
        "{works, moves: [{file, migration, after (before: where it is to be the first), why: [text]}]}"},
       {"why", "{object, there, touches: [{what, parts, place}], stands_on, needed_by}"},
       {"diff",
        "{from, to, outcome, why, server_version, tables_with_rows: […], tables_without_rows: […], left_out: […], up: "
        "[{sql, object, action, changes: [{field, from, to}], makes: [object], needs, drops, lock: {mode, on: "
        "[object]}, "
        "hazards: [{rule, text}]}], down: […], notes: […], wrote: path}"},
       {"snapshot",
        "{wrote: [path…]}; --check: {up_to_date, stale: [{path, what}]}; to stdout: the schema, as --format json"},
       {"migrate",
        "{applied: [{version, name, file, execution_ms}]}; --dry-run: {would_run: [{version, name, file, hazards: "
        "[{rule, text, place}]}]}"},
       {"rollback", "{undone: [{version, name}]}; --dry-run: {would_undo: [{version, name, hazards}]}"},
       {"status",
        "{database, version, running: who, at_work: [version], applied: [version], pending, failed, changed, missing, "
        "errors: {version: text}, refuses: why migrate would run nothing, other_histories: [text]}; what failed and "
        "left "
        "nothing is pending too"},
       {"list",
        "{migrations: [{version, name, description, state, file, reversible, applied_at, applied_by, execution_ms, "
        "error}]}"},
       {"repair", "{repaired: version, name, what}"},
       {"adopt",
        "{tool, ledger, adopted (--dry-run: would_adopt): [{version, name}], missing: [label], beyond: [label], "
        "differences: [text], pending: how many}"},
       {"create, init", "{wrote: [path…]}"},
       {"graph", "{nodes: […], edges: […]}"},
       {"help",
        "{options, commands, subjects}; of one: {command} or {subject}; of yaml: {subject: {kinds: [{key, text, "
        "keys}]}}"},
       {"--version", "{version, grammar: the PostgreSQL whose SQL is read, servers: [oldest, newest]}"}}};
}

Topic rules_topic() {
  Topic topic{
      "rules", "Rules", "What findings and hazards are called. `quoin help RULE` says what to do about one.", {}};
  for (const Rule& rule : rules()) topic.rows.emplace_back(rule.name, rule.meaning);
  return topic;
}

std::vector<Topic> topics() {
  return {sources_topic(), settings_topic(), directives_topic(), environment_topic(),
          codes_topic(),   json_topic(),     rules_topic()};
}

Text as_text(const Rule& rule) {
  return concat(rule.name, " (", rule.told_by, ")\n\n", rule.meaning, "\n\n", rule.advice, "\n");
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

constexpr std::string_view yaml_head =
    "A document begins with `schema: NAME`; what lies in that schema stands below its keys. What may stand alone is the"
    " value itself, where nothing else is said of the thing.";

/// One page of the keys that a desired schema may have.
Text yaml_text() {
  Text text = concat(yaml_head, "\n");
  for (const YamlKind& kind : yaml_reference())
    text += concat("\n", as_text({kind.key, {}, concat(kind.key, ": ", kind.what), kind.fields}));
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

/// Everything that the command line knows, as one Markdown page.
Text reference_page() {
  Text page = "# Reference\n\nWritten by `quoin help reference`.\n\n## Options of every command\n\n";
  page += table_of(rows_of(common_options()));
  for (const DescribedCommand& command : described_commands()) {
    page += concat("\n## quoin ", command.name, "\n\n", escaped(command.summary), ".\n\n```text\n", command.details,
                   "\n```\n");
    if (!command.options.empty()) page += concat("\n", table_of(rows_of(command.options)));
  }
  for (const Topic& topic : topics())
    if (topic.name != "rules")
      page += concat("\n## ", topic.title, "\n\n", escaped(topic.head), "\n\n", table_of(topic.rows));
  page += "\n## Rules\n";
  for (const Rule& rule : rules())
    page += concat("\n### ", rule.name, "\n\nTold by ", rule.told_by, ". ", escaped(rule.meaning), " ",
                   escaped(rule.advice), "\n");
  return page + yaml_markdown();
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
  return {{"name", rule.name}, {"told_by", rule.told_by}, {"meaning", rule.meaning}, {"advice", rule.advice}};
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
