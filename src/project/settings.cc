#include "project/settings.h"

#include <algorithm>
#include <cstdlib>

#include "core/postgres/postgres.h"

namespace quoin {
namespace {
bool is_set(const char* name) {
  const char* value = std::getenv(name);
  return value && *value;
}
constexpr const char* libpq_names[] = {"PGHOST", "PGHOSTADDR", "PGDATABASE", "PGSERVICE"};

bool environment_names_a_database() {
  return is_set("DATABASE_URL") || is_set("DATABASE_HOST") || std::ranges::any_of(libpq_names, is_set);
}

std::optional<Text> value_of(const EnvVariables& variables, const Text& name) {
  const std::optional<Text> value = variables.value(name);
  return value && !value->empty() ? value : std::nullopt;
}

/// A word that is none of these may have meant a connection that nobody can listen to.
Text ssl_mode(const Text& word) {
  constexpr std::string_view yes[] = {"true", "1", "yes", "on", "t", "y", "enabled"};
  constexpr std::string_view no[] = {"false", "0", "no", "off", "f", "n", "disabled"};
  constexpr std::string_view modes[] = {"disable", "allow", "prefer", "require", "verify-ca", "verify-full"};
  if (word.empty()) return {};
  if (std::ranges::count(yes, word) > 0) return " sslmode=require";
  if (std::ranges::count(no, word) > 0) return " sslmode=disable";
  if (std::ranges::count(modes, word) > 0) return concat(" sslmode=", word);
  throw Error(Code::usage, "DATABASE_SSL_ENABLED has a value that quoin does not know", {},
              "write true or false, or one of PostgreSQL's sslmode: require, verify-ca, verify-full, prefer, allow or"
              " disable");
}

/// DATABASE_HOST and its kin, as platforms set them.
std::optional<Text> split_form(const EnvVariables& variables) {
  const auto host = value_of(variables, "DATABASE_HOST");
  if (!host) return std::nullopt;
  Text conninfo = concat("host=", postgres::quote_conninfo(*host));
  for (const auto& [name, key] :
       std::initializer_list<std::pair<const char*, const char*>>{{"DATABASE_PORT", "port"},
                                                                  {"DATABASE_NAME", "dbname"},
                                                                  {"DATABASE_USERNAME", "user"},
                                                                  {"DATABASE_PASSWORD", "password"}})
    if (const auto value = value_of(variables, name))
      conninfo += concat(" ", key, "=", postgres::quote_conninfo(*value));
  return conninfo + ssl_mode(lower(trim(value_of(variables, "DATABASE_SSL_ENABLED").value_or(""))));
}

/// As libpq takes its own from the environment.
std::optional<Text> libpq_form(const EnvVariables& variables) {
  for (const char* name : libpq_names)
    if (value_of(variables, name)) return postgres::filled_in("", variables.of_file);
  return std::nullopt;
}

// One element of a search path: "quoted" as it is, else folded to lower case, as the server reads it.
Text path_element(std::string_view element) {
  element = trim(element);
  if (element.size() < 2 || element.front() != '"' || element.back() != '"') return lower(element);
  Text name;
  for (std::size_t i = 1; i + 1 < element.size(); ++i) {
    name += element[i];
    if (element[i] == '"') ++i;
  }
  return name;
}
}  // namespace

std::optional<Text> Settings::database() const {
  if (!database_option.empty()) return database_option;
  if (!environment.empty() && config.database) {
    if (is_set("DATABASE_URL") && *variables.value("DATABASE_URL") != *config.database)
      remark_once(*this, concat("the database of --env ", environment, " is used, not that of DATABASE_URL"));
    return postgres::filled_in(*config.database, variables.of_file);
  }
  if (!environment.empty() && !config.unset.empty()) return std::nullopt;
  const EnvVariables none;
  const EnvVariables& known =
      environment_names_a_database() ? none : variables;  // .env beats nothing that is really set
  const bool from_file = !is_set("DATABASE_URL");
  if (auto url = value_of(known, "DATABASE_URL")) return from_file ? postgres::filled_in(*url, variables.of_file) : url;
  if (config.database) return postgres::filled_in(*config.database, variables.of_file);
  if (auto conninfo = split_form(known)) return conninfo;
  return libpq_form(known);
}

Text Settings::need_database() const {
  if (auto url = database()) return *url;
  if (!config.unset.empty())
    throw Error(Code::usage,
                concat("no database is named: the one in ", config.file, " needs ", join(config.unset, ", "),
                       ", which is not set"),
                {}, "set it in the environment, or give --database URL");
  throw Error(Code::usage, "no database is named", {},
              "give --database URL, set DATABASE_URL, or name one under environments in quoin.yaml");
}

List Settings::search_path() const {
  const Text& path = search_path_option.empty() ? config.search_path : search_path_option;
  if (trim(path).empty()) return {"$user", "public"};
  List names;
  bool quoted = false;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= path.size(); ++at) {
    if (at < path.size() && path[at] == '"') quoted = !quoted;
    if (at < path.size() && (quoted || path[at] != ',')) continue;
    names.push_back(path_element(std::string_view(path).substr(begin, at - begin)));
    begin = at + 1;
  }
  return names;
}

void remark(const Settings& settings, std::string_view line) { settings.audience->remark(line); }

void remark_once(const Settings& settings, std::string_view line) {
  if (settings.said->insert(Text(line)).second) remark(settings, line);
}

void note_once(const Settings& settings, const Finding& finding) {
  if (settings.said->insert(concat(to_string(finding.place), finding.message)).second) settings.audience->note(finding);
}

void detail(const Settings& settings, std::string_view line) { settings.audience->detail(line); }

Text advance_in_words(std::string_view what, std::optional<double> share) {
  return share ? concat(what, ", ", std::to_string(static_cast<int>(*share * 100)), " %") : Text(what);
}

}  // namespace quoin
