#include "project/config.h"

#include <filesystem>
#include <functional>

#include "core/base/files.h"
#include "core/base/finding_text.h"
#include "core/base/secret.h"
#include "parser/migrations/migration.h"
#include "parser/yaml/tree.h"
#include "project/concern.h"
#include "project/env_file.h"
#include "project/hooks.h"
#include "project/pattern.h"
#include "runner/ledger.h"

namespace quoin {
namespace {
namespace fs = std::filesystem;

// Reads the keys of one map; says what is wrong with all of them.
class ConfigReader {
 public:
  ConfigReader(const yaml::File& file, const EnvVariables& variables, Findings& findings)
      : file_(file), variables_(variables), findings_(findings) {}

  void text(std::string_view key, const yaml::Node& value, Text& target) {
    List unset;
    if (expect(value, yaml::Shape::scalar, key)) target = expanded(value.value, variables_, unset);
    if (!unset.empty())
      findings_.push_back(
          yaml::finding(file_, value.place,
                        {"config-value", concat(key, " needs ", join(unset, ", "), ", which is not set"),
                         "set it in the environment, or write the value out"}));
  }
  /// Commands that need no database run without what it is made of.
  void database(const yaml::Node& value, Config& config) {
    if (!expect(value, yaml::Shape::scalar, "database")) return;
    config.unset.clear();
    const Text url = expanded(value.value, variables_, config.unset);
    config.database = url.empty() || !config.unset.empty() ? std::nullopt : std::optional(url);
  }
  void variables(const yaml::Node& value, Config& config) {
    if (!expect(value, yaml::Shape::map, "vars")) return;
    for (std::size_t i = 0; i < value.keys.size(); ++i)
      text(concat("vars.", value.keys[i].value), value.values[i], config.variables[value.keys[i].value]);
  }
  /// Commands are the shell's to expand.
  void hooks(const yaml::Node& value, Config& config) {
    if (!expect(value, yaml::Shape::map, "hooks")) return;
    List known{"timeout"};
    for (const auto& [name, doc] : hook_docs()) known.push_back(name);
    config.hooks.clear();
    config.hook_timeout.clear();
    for (std::size_t i = 0; i < value.keys.size(); ++i) {
      const Text& name = value.keys[i].value;
      const yaml::Node& said = value.values[i];
      if (std::ranges::count(known, name) == 0)
        unknown(value.keys[i], known);
      else if (name == "timeout")
        text("hooks.timeout", said, config.hook_timeout);
      else if (said.is(yaml::Shape::scalar) && !trim(said.value).empty())
        config.hooks[name] = {said.value};
      else
        list(concat("hooks.", name), said, config.hooks[name]);
    }
  }
  /// A value that `body` throws for is told with its place.
  void check(const yaml::Node& value, const std::function<void()>& body) {
    if (!value.is(yaml::Shape::scalar)) return;
    try {
      body();
    } catch (const Error& error) { bad_value(value.place, error.what(), error.hint); }
  }
  void manage(const yaml::Node& value, Manage& manage) {
    if (!expect(value, yaml::Shape::map, "manage")) return;
    for (std::size_t i = 0; i < value.keys.size(); ++i)
      if (const auto row = std::ranges::find(matters(), value.keys[i].value, &MatterRow::key); row != matters().end())
        manage.*row->concern = concern(concat("manage.", row->key), value.values[i], manage.*row->concern);
      else if (value.keys[i].value == "objects")
        rules(value.values[i], manage.objects);
      else
        unknown(value.keys[i], keys_of_manage());
  }
  void list(std::string_view key, const yaml::Node& value, List& target) {
    if (!expect(value, yaml::Shape::list, key)) return;
    target.clear();
    for (const yaml::Node& item : value.items) {
      if (item.is(yaml::Shape::scalar) && !trim(item.value).empty())
        target.push_back(item.value);
      else
        findings_.push_back(yaml::finding(
            file_, item.place,
            {"config-value", concat("each item of ", key, " takes one value",
                                    item.is(yaml::Shape::map) ? ", in quotes where it has a colon" : "")}));
    }
  }
  /// With commas between them, or as a list.
  void names(std::string_view key, const yaml::Node& value, Text& target) {
    if (!value.is(yaml::Shape::list)) return text(key, value, target);
    List all;
    list(key, value, all);
    target = join(all, ", ");
  }
  bool flag(std::string_view key, const yaml::Node& value) {
    if (!expect(value, yaml::Shape::scalar, key)) return false;
    const Text said = lower(value.value);
    if (said != "true" && said != "false")
      findings_.push_back(yaml::finding(file_, value.place, {"config-value", concat(key, " takes true or false")}));
    return said == "true";
  }
  Config::Protected protected_one(const Text& name, const yaml::Node& environment) const {
    const yaml::Node* value = environment.find("database");
    Config::Protected found{name, {}, {}};
    if (value == nullptr || !value->is(yaml::Shape::scalar)) return found;
    const Text url = expanded(value->value, variables_, found.unset);
    if (found.unset.empty()) found.database = url;
    return found;
  }
  void unknown(const yaml::Node& key, const List& known) {
    const std::optional<Text> close = nearest(key.value, known);
    findings_.push_back(
        yaml::finding(file_, key.place,
                      {"config-key", concat("there is no setting ", key.value),
                       close ? concat("did you mean ", *close, "?") : concat("the settings are ", join(known, ", "))}));
  }
  bool expect(const yaml::Node& value, yaml::Shape shape, std::string_view key) {
    if (value.is(shape)) return true;
    const char* wanted = shape == yaml::Shape::scalar ? "one value" : shape == yaml::Shape::list ? "a list" : "a map";
    findings_.push_back(yaml::finding(file_, value.place, {"config-value", concat(key, " takes ", wanted)}));
    return false;
  }

 private:
  static List keys_of_manage() {
    List keys{"objects"};
    for (const MatterRow& row : matters()) keys.emplace_back(row.key);
    return keys;
  }
  /// YAML 1.1 readers take on and off for yes and no; all its words are understood.
  Concern concern(const Text& key, const yaml::Node& value, Concern before) {
    if (!expect(value, yaml::Shape::scalar, key)) return before;
    const Text said = lower(value.value);
    if (said == "off" || said == "false" || said == "no") return Concern::off;
    if (said == "report") return Concern::report;
    if (said == "on" || said == "true" || said == "yes") return Concern::on;
    const std::optional<Text> close = nearest(said, List{"off", "report", "on"});
    bad_value(value.place, concat(key, " takes off, report or on"),
              close ? concat("did you mean ", *close, "?") : Text());
    return before;
  }
  void rules(const yaml::Node& value, std::vector<Manage::Rule>& rules) {
    if (!expect(value, yaml::Shape::list, "manage.objects")) return;
    rules.clear();
    for (const yaml::Node& item : value.items) rule(item, rules);
  }
  void rule(const yaml::Node& item, std::vector<Manage::Rule>& rules) {
    if (!item.is(yaml::Shape::map) || item.keys.size() != 1)
      return bad_value(item.place, "an item of manage.objects takes one of include and exclude",
                       "write it as - exclude: table public.audit_*");
    const yaml::Node &word = item.keys[0], &said = item.values[0];
    if (word.value != "include" && word.value != "exclude") return unknown(word, {"include", "exclude"});
    const Text key = concat("manage.objects: ", word.value);
    if (!expect(said, yaml::Shape::scalar, key)) return;
    std::optional<BadPattern> bad;
    Pattern::read(said.value, bad);
    if (bad) return bad_value(said.place, concat(key, ": ", bad->what), bad->hint);
    rules.push_back({word.value == "include", said.value, said.place});
  }
  void bad_value(const Place& place, Text message, Text hint) {
    findings_.push_back(yaml::finding(file_, place, {"config-value", std::move(message), std::move(hint)}));
  }

  const yaml::File& file_;
  const EnvVariables& variables_;
  Findings& findings_;
};

Text joined(const fs::path& folder, const Text& path) { return (folder / path).lexically_normal().string(); }

/// A setting of one value, or of a list.
struct Setting {
  std::string_view key;
  Text Config::*text;
  List Config::*list;
  std::string_view doc;
  void (*check)(const Text& value) = nullptr;  // throws Error for a value that could never do
};
void check_ledger(const Text& name) { const runner::Ledger ledger(name); }
constexpr Setting settings[] = {
    {"migrations", &Config::migrations, nullptr, "the folder of migration files (default: migrations)"},
    {"schemas", &Config::schemas, nullptr, "the desired schema, a YAML file or a folder (default: schemas)"},
    {"document", &Config::document, nullptr, "what quoin snapshot writes (default: DATABASE.md)"},
    {"ledger", &Config::ledger, nullptr, "the table of what is applied, as schema.table (default: quoin.migrations)",
     check_ledger},
    {"search_path", &Config::search_path, nullptr,
     "what unqualified names in SQL sources mean (default: \"$user\", public)"},
    {"shadow", &Config::shadow, nullptr,
     "where migrations are tried out: auto, off, or a server's URL (default: auto)"},
    {"layout", &Config::layout, nullptr,
     "whose files the migrations are, as flyway or sqitch (default: as the folder itself says; quoin list -v tells)",
     check_layout},
    {"backup_check", &Config::backup_check, nullptr,
     "a command, or a SELECT, that must succeed before quoin preflight is content; its last line, or first value, is"
     " when the last backup was made; it has 60 s"},
    {"backup_max_age", &Config::backup_max_age, nullptr, "how old that may be, as 24 hours (default: any age)"},
    {"managed_schemas", nullptr, &Config::managed_schemas,
     "a list of the schemas that quoin looks at (default: all but pg_*, information_schema and quoin)"},
    {"assume", nullptr, &Config::assumed_schemas,
     "a list of what the platform provides: schemas whose objects are taken as there, or SQL files that make it"},
    {"allow", nullptr, &Config::allow,
     "a list of what quoin migrate may do without asking: data-loss, access, settings, other-history (default: none of "
     "them)"}};

/// SQL files among what is assumed are no schemas.
void split_assumed(Config& config) {
  const auto is_file = [](const Text& one) { return lower(one).ends_with(".sql"); };
  config.assumed_files.clear();
  std::ranges::copy_if(config.assumed_schemas, std::back_inserter(config.assumed_files), is_file);
  std::erase_if(config.assumed_schemas, is_file);
}

void read_map(const yaml::Node& map, Config& config, ConfigReader& reader, const List& others) {
  List known = others;
  for (const Setting& setting : settings) known.emplace_back(setting.key);
  known.emplace_back("vars");
  known.emplace_back("contexts");
  known.emplace_back("label_filter");
  known.emplace_back("hooks");
  known.emplace_back("manage");
  for (std::size_t i = 0; i < map.keys.size(); ++i) {
    const Text& key = map.keys[i].value;
    const auto setting = std::ranges::find(settings, key, &Setting::key);
    if (setting != std::end(settings)) {
      if (setting->text) reader.text(key, map.values[i], config.*setting->text);
      if (setting->check && !(config.*setting->text).empty())
        reader.check(map.values[i], [&] { setting->check(config.*setting->text); });
      if (setting->list) reader.list(key, map.values[i], config.*setting->list);
      if (setting->list == &Config::assumed_schemas) split_assumed(config);
    } else if (key == "vars") {
      reader.variables(map.values[i], config);
    } else if (key == "contexts" || key == "label_filter") {
      reader.names(key, map.values[i], (key == "contexts" ? config.contexts : config.label_filter).emplace());
    } else if (key == "hooks") {
      reader.hooks(map.values[i], config);
    } else if (key == "manage") {
      reader.manage(map.values[i], config.manage);
    } else if (key == "database" && std::ranges::count(others, key)) {
      reader.database(map.values[i], config);
    } else if (!std::ranges::count(others, key)) {
      reader.unknown(map.keys[i], known);
    }
  }
}

/// Of all environments: their databases may be named by other ways too.
void read_protected(const yaml::Node& root, Config& config, ConfigReader& reader) {
  const yaml::Node* environments = root.find("environments");
  if (environments == nullptr || !environments->is(yaml::Shape::map)) return;
  for (std::size_t i = 0; i < environments->keys.size(); ++i) {
    const yaml::Node& environment = environments->values[i];
    const yaml::Node* said = environment.is(yaml::Shape::map) ? environment.find("protected") : nullptr;
    if (said != nullptr && reader.flag("protected", *said))
      config.protected_ones.push_back(reader.protected_one(environments->keys[i].value, environment));
  }
}

void read_environment(const yaml::Node& root, const Text& name, Config& config, ConfigReader& reader) {
  const yaml::Node* environments = root.find("environments");
  if (environments && !reader.expect(*environments, yaml::Shape::map, "environments")) return;
  const Text chosen = name.empty() ? "development" : name;
  config.environment = chosen;
  const yaml::Node* environment = environments ? environments->find(chosen) : nullptr;
  if (environment && reader.expect(*environment, yaml::Shape::map, chosen)) {
    read_map(*environment, config, reader, {"database", "protected"});
  } else if (!environment && !name.empty()) {
    List names;
    for (const yaml::Node& key : environments ? environments->keys : std::vector<yaml::Node>())
      names.push_back(key.value);
    throw Error(Code::usage, concat("there is no environment ", name, " in ", config.file), {},
                names.empty() ? "it has no environments" : concat("it has ", join(names, ", ")));
  }
}

/// "password: x", as a person may write it where no such key is.
bool is_about_a_secret(std::string_view line) {
  Text assigned(line);
  std::ranges::replace(assigned, ':', '=');
  return masked(assigned) != assigned;
}

[[noreturn]] void refuse(Findings findings, const Text& file) {
  Error error(Code::input, concat(file, " cannot be read"), findings.front().place, "mend what is listed");
  for (Finding& finding : findings)
    if (finding.rule == "config-key" || is_about_a_secret(finding.source)) finding.source.clear();
  error.detail = to_text(findings, false);
  throw error;
}
}  // namespace

std::vector<SettingDoc> setting_docs() {
  std::vector<SettingDoc> docs;
  for (const Setting& setting : settings) docs.push_back({Text(setting.key), Text(setting.doc)});
  docs.push_back(
      {"vars",
       "a map of what placeholders in migrations stand for, as ${name} with Flyway and Liquibase, :NAME with"
       " graphile-migrate, {{.name}} with tern; --set NAME=VALUE goes over it, and it over the tool's own settings"});
  docs.push_back(
      {"contexts",
       "which of Liquibase's changesets run, as with its --contexts: prod, eu ('' runs all; default: what"
       " liquibase.properties or LIQUIBASE_COMMAND_CONTEXT_FILTER says, or else all but those for an @context)"});
  docs.push_back({"label_filter",
                  "the same by their labels, as with its --label-filter: v1 and !slow (default: what"
                  " liquibase.properties or LIQUIBASE_COMMAND_LABEL_FILTER says, or else all)"});
  for (const MatterRow& row : matters()) docs.push_back({concat("manage.", row.key), Text(row.doc)});
  docs.push_back(
      {"manage.objects",
       "a list of include: PATTERN and exclude: PATTERN, of which the first that fits an object, or what it"
       " lies in, decides whether quoin looks at it (default: at all); a PATTERN is a name as in public.audit_*,"
       " and a kind of object before it where one is meant: table public.audit_*, schema partman"});
  for (const auto& [name, doc] : hook_docs())
    docs.push_back({concat("hooks.", name), concat("an SQL file, a command, or a list of them, run ", doc)});
  docs.push_back({"hooks.timeout", "how long each may take, as 10min (default: as long as it takes)"});
  docs.push_back({"environments",
                  "a map from a name (--env NAME; development where none is said) to settings that hold"
                  " there instead, and:"});
  docs.push_back({"environments.NAME.database", "the database's URL; ${NAME} is taken from the environment"});
  docs.push_back(
      {"environments.NAME.protected",
       "true: rollback, redo, reset, sync, drop and migrate --force are refused on it (exit 3), however it is"
       " named"});
  return docs;
}

Config read_config(const Text& file, const Text& name, const EnvVariables& variables) {
  Config config;
  config.file = file.empty() ? "quoin.yaml" : file;
  if (!fs::exists(config.file)) {
    if (!file.empty())
      throw Error(Code::input, concat("there is no file ", file), {},
                  "name one that is there, or leave --config away: quoin.yaml is read where there is one");
    if (!name.empty())
      throw Error(Code::usage, concat("--env ", name, " needs a quoin.yaml, and there is none here"), {},
                  "go to the folder that has it, name it with --config FILE, or leave --env away");
    config.file.clear();
    return config;
  }
  Findings findings;
  const yaml::File tree = yaml::read({config.file, read_text(config.file)}, findings);
  if (!findings.empty()) refuse(findings, config.file);
  ConfigReader reader(tree, variables, findings);
  if (!tree.documents.empty() && reader.expect(tree.documents.front(), yaml::Shape::map, "quoin.yaml")) {
    read_map(tree.documents.front(), config, reader, {"environments"});
    read_environment(tree.documents.front(), name, config, reader);
    read_protected(tree.documents.front(), config, reader);
  }
  if (!findings.empty()) refuse(findings, config.file);
  const fs::path folder = fs::path(config.file).parent_path();
  for (Text Config::*path : {&Config::migrations, &Config::schemas, &Config::document})
    config.*path = joined(folder, config.*path);
  for (Text& assumed : config.assumed_files) assumed = joined(folder, assumed);
  return config;
}

}  // namespace quoin
