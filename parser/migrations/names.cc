#include "parser/migrations/names.h"

#include <algorithm>
#include <cctype>

namespace quoin::migration_names {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_separator(char c) { return c == '_' || c == '-'; }

std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t count = 0;
  while (at + count < text.size() && is_digit(text[at + count])) ++count;
  return count;
}

/// Reads `count` digits that end at a separator or the end of the text, then passes the separator.
bool take(std::string_view& text, std::size_t count, Text& into) {
  if (digits_at(text, 0) != count) return false;
  if (text.size() > count && !is_separator(text[count])) return false;
  into += text.substr(0, count);
  text.remove_prefix(std::min(text.size(), count + 1));
  return true;
}

/// yoyo's name: 20250106_01_xK3b9-name, whose two digits count the files of the day.
bool take_count_of_day(std::string_view& text, Text& version) {
  constexpr std::size_t random = 5;
  std::string_view rest = text;
  Text joined;
  if (!take(rest, 8, joined) || !take(rest, 2, joined) || rest.size() < random) return false;
  const bool is_random = std::ranges::all_of(rest.substr(0, random),
                                             [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; });
  if (!is_random || (rest.size() > random && rest[random] != '-')) return false;
  text = rest;
  version = joined;
  return true;
}

/// A date and time in parts, as 20250106_090000, 2025-01-06-090000 or 2025-01-06_0900; joined to 14 digits.
bool take_time(std::string_view& text, Text& version) {
  std::string_view rest = text;
  Text joined;
  if (!take(rest, 8, joined)) {
    joined.clear();
    if (!take(rest, 4, joined) || !take(rest, 2, joined) || !take(rest, 2, joined)) return false;
  }
  if (take(rest, 4, joined)) {
    joined += "00";
  } else if (!take(rest, 6, joined)) {
    return false;
  }
  text = rest;
  version = joined;
  return true;
}

/// A number, with dots where Flyway has them.
bool take_number(std::string_view& text, Text& version) {
  std::size_t end = digits_at(text, 0);
  if (end == 0) return false;
  while (end + 1 < text.size() && text[end] == '.' && is_digit(text[end + 1])) end += 1 + digits_at(text, end + 1);
  // 0001.name is yoyo's, too.
  const bool is_name_behind_dot = end + 1 < text.size() && text[end] == '.' && !is_digit(text[end + 1]);
  if (end < text.size() && !is_separator(text[end]) && !is_name_behind_dot) return false;
  version = text.substr(0, end);
  text.remove_prefix(is_name_behind_dot ? end + 1 : end);
  while (!text.empty() && is_separator(text[0])) text.remove_prefix(1);
  return true;
}

/// 2025-01-06, joined to 8 digits.
bool take_date(std::string_view& text, Text& version) {
  std::string_view rest = text;
  Text joined;
  if (!take(rest, 4, joined) || !take(rest, 2, joined) || !take(rest, 2, joined)) return false;
  text = rest;
  version = joined;
  return true;
}

bool take_end(std::string_view& text, std::string_view end) {
  if (text.size() < end.size() || lower(text.substr(text.size() - end.size())) != end) return false;
  text.remove_suffix(end.size());
  return true;
}

/// V1.2__x, U1.2__x, B1.2__x, R__x; also V1_2__x, whose underscores are dots.
bool take_flyway(std::string_view stem, NameParts& parts) {
  const std::size_t bar = stem.find("__");
  if (stem.empty() || bar == stem.npos || Text("VUBR").find(stem[0]) == Text::npos) return false;
  Text version(stem.substr(1, bar - 1));
  for (char& c : version) {
    if (c == '_') c = '.';
    if (!is_digit(c) && c != '.') return false;
  }
  if (version.empty() != (stem[0] == 'R')) return false;
  parts.form = stem[0] == 'V'   ? Form::flyway
               : stem[0] == 'U' ? Form::flyway_undo
               : stem[0] == 'B' ? Form::flyway_baseline
                                : Form::flyway_repeatable;
  const bool again = parts.form == Form::flyway_repeatable;
  parts.version = again ? Text(stem) : version;
  if (!again) parts.name = Text(stem.substr(bar + 2));
  return true;
}

/// v1_x and v2.0-x count as 1_x and 2.0-x.
bool take_version(std::string_view& stem, Text& version) {
  std::string_view rest = stem;
  if (rest.size() > 1 && lower(rest.substr(0, 1)) == "v" && is_digit(rest[1])) rest.remove_prefix(1);
  if (!take_count_of_day(rest, version) && !take_time(rest, version) && !take_date(rest, version) &&
      !take_number(rest, version))
    return false;
  stem = rest;
  return true;
}

std::string_view last_part(std::string_view path) { return path.substr(path.find_last_of('/') + 1); }

bool begins_with_word(std::string_view name, std::string_view word) {
  return name.starts_with(word) && name.size() > word.size() && name[word.size()] >= 'A' && name[word.size()] <= 'Z';
}

}  // namespace

bool is_sql(std::string_view name) { return lower(name).ends_with(".sql"); }

bool is_leftover(std::string_view name) {
  if (name.ends_with('~') || name.starts_with("._") || name.starts_with(".#")) return true;
  return (name.starts_with('#') && name.ends_with('#')) || name.ends_with(".swp") || name.ends_with(".swo");
}

std::string_view language_of(std::string_view name) {
  struct Language {
    std::string_view ending, name;
  };
  static constexpr Language languages[] = {
      {".js", "JavaScript"},  {".mjs", "JavaScript"}, {".cjs", "JavaScript"}, {".ts", "TypeScript"},
      {".mts", "TypeScript"}, {".cts", "TypeScript"}, {".py", "Python"},      {".go", "Go"},
      {".rb", "Ruby"},        {".java", "Java"},      {".kt", "Kotlin"},      {".kts", "Kotlin"},
      {".scala", "Scala"},    {".groovy", "Groovy"},  {".cs", "C#"},          {".php", "PHP"},
      {".ex", "Elixir"},      {".exs", "Elixir"},     {".pl", "Perl"},        {".sh", "a shell's language"},
      {".rs", "Rust"},        {".clj", "Clojure"},    {".xml", "XML"},        {".lua", "Lua"},
  };
  const Text ending = lower(name.substr(std::min(name.rfind('.'), name.size())));
  for (const Language& language : languages)
    if (ending == language.ending) return language.name;
  return {};
}

bool is_step_of_a_tool(std::string_view name) {
  constexpr std::size_t of_a_date = 8, of_a_revision = 12;
  for (const std::string_view word : {"Migration", "Version"})
    if (name.starts_with(word) && digits_at(name, word.size()) >= of_a_date) return true;
  const std::string_view revision = name.substr(0, of_a_revision);
  const bool is_hexadecimal = revision.find_first_not_of("0123456789abcdef") == revision.npos;
  return is_hexadecimal && name.size() > of_a_revision && name[of_a_revision] == '_' && name.ends_with(".py");
}

Text reason_against(const Text& path) {
  const std::string_view name = last_part(path);
  if (name == "current.sql") return "graphile-migrate keeps what is not yet committed in it";
  for (const char* event : {"before", "after"})
    if (begins_with_word(name, event))
      return "Flyway runs it as a callback, which quoin does as a hook: name it under hooks: in quoin.yaml";
  if (parts_of(path).form == Form::flyway_baseline)
    return "Flyway begins new databases with it; quoin runs the versions that it stands for";
  if (name.starts_with('.')) return "its name begins with a dot, which hides it";
  if (!name.empty() && is_digit(name[0])) return "its name is of no layout that quoin knows, as 0007_add_orders.sql";
  return "its name begins with no version, so nothing says when it should run";
}

bool is_of_flyway(std::string_view name) { return name.ends_with(".sql") && parts_of(Text(name)).form >= Form::flyway; }

Text flyway_s_reason_against(const Text& path) {
  const std::string_view name = last_part(path);
  const NameParts parts = parts_of(path);
  if (parts.form >= Form::flyway)
    return name.ends_with(".sql")
               ? ""
               : "Flyway, whose files the others are, wants its name to end in small letters, as .sql";
  if (parts.version.empty() || is_digit(name[0])) return {};
  return name[0] == 'v' ? "Flyway, whose files the others are, wants a capital V before the version"
                        : "Flyway, whose files the others are, wants two underscores behind the version";
}

NameParts parts_of(const Text& path) {
  std::string_view stem = last_part(path);
  NameParts parts;
  take_end(stem, ".sql");
  if (take_flyway(stem, parts)) return parts;
  if (take_end(stem, ".up")) parts.form = Form::up;
  if (take_end(stem, ".down") || take_end(stem, ".rollback")) parts.form = Form::down;
  take_version(stem, parts.version);
  parts.name = Text(stem);
  return parts;
}

}  // namespace quoin::migration_names
