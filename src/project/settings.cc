#include "project/settings.h"

#include <cstdlib>

#include "core/postgres/postgres.h"

namespace quoin {
namespace {
std::optional<Text> variable(const char* name) {
  const char* value = std::getenv(name);
  return value && *value ? std::optional<Text>(value) : std::nullopt;
}

/// DATABASE_HOST and its kin, as platforms set them.
std::optional<Text> split_form() {
  const auto host = variable("DATABASE_HOST");
  if (!host) return std::nullopt;
  Text conninfo = concat("host=", postgres::quote_conninfo(*host));
  for (const auto& [name, key] :
       std::initializer_list<std::pair<const char*, const char*>>{{"DATABASE_PORT", "port"},
                                                                  {"DATABASE_NAME", "dbname"},
                                                                  {"DATABASE_USERNAME", "user"},
                                                                  {"DATABASE_PASSWORD", "password"}})
    if (const auto value = variable(name)) conninfo += concat(" ", key, "=", postgres::quote_conninfo(*value));
  const Text ssl = lower(variable("DATABASE_SSL_ENABLED").value_or(""));
  if (ssl == "true" || ssl == "1" || ssl == "yes" || ssl == "on") conninfo += " sslmode=require";
  if (ssl == "false" || ssl == "0" || ssl == "no" || ssl == "off") conninfo += " sslmode=disable";
  return conninfo;
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
  if (auto url = variable("DATABASE_URL")) return url;
  if (config.database) return config.database;
  if (auto conninfo = split_form()) return conninfo;
  for (const char* name : {"PGHOST", "PGDATABASE", "PGSERVICE"})
    if (variable(name)) return Text();
  return std::nullopt;
}

Text Settings::need_database() const {
  if (auto url = database()) return *url;
  if (!config.unset.empty())
    throw Error(Code::usage,
                concat("no database is named: the one in ", config.file, " needs ", join(config.unset, ", "),
                       ", which is not set"),
                {}, "set it in the environment, give --database URL, or set DATABASE_URL");
  throw Error(Code::usage, "no database is named", {},
              "give --database URL, set DATABASE_URL, or name one under environments in quoin.yaml");
}

List Settings::search_path() const {
  const Text& path = search_path_option.empty() ? config.search_path : search_path_option;
  if (trim(path).empty()) return {"$user", "public"};
  List names;
  for (const Text& element : split(path, ',')) names.push_back(path_element(element));
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

}  // namespace quoin
