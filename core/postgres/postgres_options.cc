// What a connection hands to the server as its options: settings of the session.
#include <algorithm>

#include "core/base/secret.h"
#include "core/postgres/postgres_conninfo.h"

namespace quoin::postgres {
namespace {

/// As the server splits what it is given as options: at blanks without a backslash.
Text as_options(const Text& name, const Text& value) {
  Text all = concat("-c ", name, "=");
  for (const char c : value) {
    if (c == '\\' || is_space(c)) all += '\\';
    all += c;
  }
  return all;
}

/// pg_split_opts() of the server.
List words_of(std::string_view options) {
  List words;
  for (std::size_t at = 0; at < options.size();) {
    if (is_space(options[at])) {
      ++at;
      continue;
    }
    Text word;
    for (; at < options.size() && !is_space(options[at]); ++at) {
      if (options[at] == '\\' && ++at == options.size()) break;
      word += options[at];
    }
    words.push_back(std::move(word));
  }
  return words;
}

/// What stands before a setting's name: "-c" as a word of its own stands in the word before.
std::size_t begin_of_name(std::string_view word) { return word.starts_with("-c") || word.starts_with("--") ? 2 : 0; }

Text shown_word(const Text& word) {
  const std::size_t sign = word.find('='), begin = begin_of_name(word);
  if (word == "-c") return word;
  if (sign == Text::npos) return Text(hidden);
  const Text name = word.substr(begin, sign - begin);
  return name == "search_path" ? word : concat(word.substr(0, sign + 1), hidden);
}

void hide(std::string_view value, Text& text) {
  if (value.empty()) return;
  for (std::size_t at = text.find(value); at != Text::npos; at = text.find(value, at + hidden.size()))
    text.replace(at, value.size(), hidden);
}

}  // namespace

Text shown_options(std::string_view options) {
  List shown;
  for (const Text& word : words_of(options)) shown.push_back(shown_word(word));
  return join(shown, " ");
}

Text shown_options_in_url(std::string_view encoded) {
  Text shown = percent_encoded(shown_options(percent_decoded(encoded)));
  const Text covered = percent_encoded(hidden);
  for (std::size_t at = shown.find(covered); at != Text::npos; at = shown.find(covered, at))
    shown.replace(at, covered.size(), hidden);
  return shown;
}

Text without_values(std::string_view message, std::string_view options) {
  Text told(message);
  for (const Text& word : words_of(options)) {
    const std::size_t sign = word.find('=');
    if (word == "-c" || word.starts_with("-csearch_path=") || word.starts_with("search_path=")) continue;
    const Text value = sign == Text::npos ? word : word.substr(sign + 1);
    constexpr std::size_t short_of_chance = 4;
    if (value.size() >= short_of_chance) {
      hide(value, told);
    } else {
      Text quoted = concat("\"", value, "\"");
      for (std::size_t at = told.find(quoted); at != Text::npos; at = told.find(quoted, at))
        told.replace(at, quoted.size(), concat("\"", hidden, "\""));
    }
  }
  return told;
}

Text with_session_setting(const Text& conninfo, const Text& name, const Text& value) {
  Text options = as_options(name, value);
  if (is_url(conninfo)) {
    const Url parts = url_parts(conninfo);
    const auto take = [&](std::string_view key, const Text& entry) {
      if (key != "options") return entry;
      const Text before = percent_decoded(std::string_view(entry).substr(std::min(key.size() + 1, entry.size())));
      options = concat(before, before.empty() ? "" : " ", options);
      return Text();
    };
    const Text query = url_query(std::string_view(conninfo).substr(parts.query), take);
    return concat(conninfo.substr(0, parts.query), query.empty() ? "?" : concat(query, "&"),
                  "options=", percent_encoded(options));
  }
  std::vector<Setting> settings;
  if (conninfo.find('=') == Text::npos && !conninfo.empty())
    settings.push_back({"dbname", conninfo});
  else
    settings = settings_of(conninfo);
  for (const Setting& setting : settings)
    if (setting.key == "options") options = concat(setting.value, setting.value.empty() ? "" : " ", options);
  std::erase_if(settings, [](const Setting& setting) { return setting.key == "options"; });
  settings.push_back({"options", options});
  return settings_text(settings);
}

}  // namespace quoin::postgres
