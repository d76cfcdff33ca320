#include "parser/migrations/placeholders.h"

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/sql/psql.h"
#include "parser/migrations/placeholder_signs.h"

namespace quoin {
namespace {

namespace fs = std::filesystem;

PlaceholderSigns spelling_of(Placeholders placeholders) {
  switch (placeholders) {
    case Placeholders::braces:
      return {"${", "}"};
    case Placeholders::mustache:
      return {"{{", "}}"};
    case Placeholders::colon:
    case Placeholders::psql:
      return {":", ""};
  }
  return {};
}

bool is_of_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// The name that begins behind `open` at `from`, and where the place ends.
struct Placeholder {
  std::string_view name;
  std::size_t end = 0;
};
std::optional<Placeholder> spot_at(std::string_view sql, std::size_t from, const PlaceholderSigns& spelling) {
  if (spelling.close.empty()) {
    std::size_t end = from;
    while (end < sql.size() && is_of_name(sql[end])) ++end;
    return Placeholder{sql.substr(from, end - from), end};
  }
  const std::size_t end = sql.find(spelling.close, from);
  if (end == sql.npos) return std::nullopt;
  std::string_view name = trim(sql.substr(from, end - from));
  if (name.starts_with('.')) name.remove_prefix(1);
  return Placeholder{name, end + spelling.close.size()};
}

/// :name as it is, :'name' as a string, :"name" as a name.
Text filled_by_psql(std::string_view sql, const Variables& variables) {
  Text all;
  while (const auto place = psql::first_variable(sql, psql::Where::outside_of_strings)) {
    const std::string_view spelled = sql.substr(place->begin, place->end - place->begin);
    const char quote = spelled.size() > 2 ? spelled[1] : ' ';
    const bool quoted = quote == '\'' || quote == '"';
    const std::string_view name =
        quoted ? spelled.substr(2, spelled.size() - 3) : spelled.substr(std::min<std::size_t>(1, spelled.size()));
    const auto found = spelled[0] == ':' ? variables.find(name) : variables.end();
    all += sql.substr(0, place->begin);
    if (found == variables.end())
      all += spelled;
    else
      all += quote == '\'' ? quote_literal(found->second) : quote == '"' ? quote_ident(found->second) : found->second;
    sql.remove_prefix(place->end);
  }
  return all + Text(sql);
}

/// In the folder itself, then above it; empty: in neither.
fs::path settings_file(const Text& folder, std::initializer_list<const char*> names) {
  std::error_code absent;
  const fs::path here = fs::absolute(folder).lexically_normal();
  fs::path at = here.has_filename() ? here : here.parent_path();
  for (int up = 0; up < 3 && at != at.parent_path(); ++up, at = at.parent_path())
    for (const char* name : names)
      if (fs::is_regular_file(at / name, absent)) return at / name;
  return {};
}

/// A value of TOML without the comment behind it.
std::string_view uncommented(std::string_view value) {
  char quote = 0;
  for (std::size_t at = 0; at < value.size(); ++at) {
    if (quote == 0 && value[at] == '#') return trim(value.substr(0, at));
    if (quote == 0 && (value[at] == '"' || value[at] == '\''))
      quote = value[at];
    else if (value[at] == quote)
      quote = 0;
  }
  return value;
}

/// The lines of a file, an array of TOML that goes over several as one.
List lines_of(const Text& file) {
  const bool is_toml = lower(file).ends_with(".toml");
  List lines;
  bool is_open = false;
  for (const Text& line : split(read_text(file), '\n')) {
    const std::string_view said = is_toml ? uncommented(trim(line)) : trim(line);
    if (is_open)
      lines.back() += said;
    else
      lines.emplace_back(said);
    const std::size_t sign = lines.back().find('=');
    is_open = is_toml && sign != Text::npos && trim(std::string_view(lines.back()).substr(sign + 1)).starts_with('[') &&
              !lines.back().ends_with(']');
  }
  return lines;
}

Text unquoted(std::string_view value) {
  value = trim(value);
  const bool quoted =
      value.size() > 1 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front();
  return Text(quoted ? value.substr(1, value.size() - 2) : value);
}

}  // namespace

Variables settings_of_file(const Text& file) {
  Variables all;
  Text section;
  const bool has_colons = lower(file).ends_with(".properties");
  for (const Text& line : lines_of(file)) {
    const std::string_view said = line;
    if (said.starts_with('[') && said.ends_with(']')) section = concat(said.substr(1, said.size() - 2), ".");
    const std::size_t sign = has_colons ? said.find_first_of("=:") : said.find('=');
    if (said.empty() || said[0] == '#' || said[0] == '[' || sign == said.npos) continue;
    all[section + unquoted(said.substr(0, sign))] = unquoted(said.substr(sign + 1));
  }
  return all;
}

std::optional<Text> environment_of_process(const Text& name) {
  const char* set = std::getenv(name.c_str());
  return set == nullptr ? std::nullopt : std::optional<Text>(set);
}

Text filled(std::string_view sql, Placeholders placeholders, const Variables& variables) {
  if (variables.empty()) return Text(sql);
  if (placeholders == Placeholders::psql) return filled_by_psql(sql, variables);
  return filled(sql, spelling_of(placeholders), variables);
}

Text filled(std::string_view sql, const PlaceholderSigns& spelling, const Variables& variables) {
  Text all;
  std::size_t from = 0;
  for (std::size_t at = sql.find(spelling.open); at != sql.npos; at = sql.find(spelling.open, at + 1)) {
    if (at < from) continue;
    // Two colons are a cast.
    if (spelling.close.empty() && at > 0 && sql[at - 1] == ':') continue;
    const std::optional<Placeholder> spot = spot_at(sql, at + spelling.open.size(), spelling);
    if (!spot) break;
    const auto found = variables.find(spot->name);
    if (found == variables.end()) continue;
    all += concat(sql.substr(from, at - from), found->second);
    from = spot->end;
  }
  return all + Text(sql.substr(from));
}

namespace {
/// Of the first of these files that is there, the keys that begin so.
Variables placeholders_of(const fs::path& file, std::string_view sign) {
  Variables found;
  if (file.empty()) return found;
  for (const auto& [key, value] : settings_of_file(file.string()))
    if (key.starts_with(sign)) found[key.substr(sign.size())] = value;
  return found;
}
}  // namespace

Text flyway_settings_file(const Text& folder) {
  return settings_file(folder, {"flyway.toml", "flyway.conf", "conf/flyway.toml", "conf/flyway.conf"}).string();
}

Variables flyway_placeholders(const Text& folder) {
  return placeholders_of(flyway_settings_file(folder), "flyway.placeholders.");
}

Variables tern_placeholders(const Text& folder) {
  return placeholders_of(settings_file(folder, {"tern.conf"}), "data.");
}

Variables liquibase_properties(const Text& folder) {
  const fs::path file = settings_file(folder, {"liquibase.properties"});
  return file.empty() ? Variables() : settings_of_file(file.string());
}

Variables graphile_placeholders(const Text& folder) {
  Variables found;
  const fs::path file = settings_file(folder, {".gmrc"});
  if (file.empty()) return found;
  try {
    const nlohmann::json settings = nlohmann::json::parse(read_text(file), nullptr, true, true);
    if (!settings.contains("placeholders")) return found;
    for (const auto& [key, value] : settings.at("placeholders").items()) {
      const Text name = key.starts_with(':') ? key.substr(1) : key;
      const Text said = value.get<Text>();
      const char* set = said == "!ENV" ? std::getenv(name.c_str()) : said.c_str();
      if (set != nullptr) found[name] = set;
    }
  } catch (const nlohmann::json::exception& wrong) {
    throw Error(Code::input, concat(file.string(), " is not graphile-migrate's settings: ", wrong.what()),
                {file.string()}, "write it as JSON; comments may stand in it");
  }
  return found;
}

}  // namespace quoin
