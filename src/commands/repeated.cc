#include "commands/repeated.h"

#include "core/postgres/postgres.h"

namespace quoin {

namespace {
Text options_in_use(const CommandLine& settings, const Text& database) {
  Text options;
  const auto add = [&](std::string_view name, const Text& value) {
    if (!value.empty()) options += concat(" ", name, " ", shell_word(value));
  };
  add("--config", settings.config_file);
  add("--env", settings.environment);
  add("--env-file", settings.env_file);
  add("--database", postgres::without_password(database) == database ? database : "URL");
  add("--search-path", settings.search_path_option);
  add("--layout", settings.layout_option);
  for (const Text& variable : settings.variable_options) add("--set", variable);
  return options;
}

/// Those that declare --schema; of verify it is another option.
Text schema_for(std::string_view command, const CommandLine& settings) {
  static constexpr std::string_view takers[] = {"migrate",  "rollback",  "redo",   "repair",  "list", "log",
                                                "baseline", "preflight", "status", "version", "adopt"};
  if (settings.schema->empty() || std::ranges::count(takers, command) == 0) return {};
  return concat(" --schema ", shell_word(*settings.schema));
}

/// With --targets a command is about all of them, whichever one the words are said of.
bool is_of_all_targets(std::string_view behind) { return behind.starts_with(" --targets"); }

bool is_command(std::string_view word) {
#define QUOIN_COMMAND(name) \
  if (word == #name) return word != "help" && word != "completions" && word != "init";
  QUOIN_COMMANDS
#undef QUOIN_COMMAND
  return false;
}
}  // namespace

Text shell_word(std::string_view word) {
  const auto is_plain = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || std::string_view("_-./:@%+=,").find(c) != Text::npos;
  };
  if (!word.empty() && std::ranges::all_of(word, is_plain)) return Text(word);
  Text quoted = "'";
  for (const char c : word) quoted += c == '\'' ? Text("'\\''") : Text(1, c);
  return quoted + "'";
}

Findings repeating_options(Findings findings, const CommandLine& settings) {
  for (Finding& finding : findings) finding.hint = repeating_options(finding.hint, settings);
  return findings;
}

CommandLine aimed_at(const Target& target, const CommandLine& settings) {
  CommandLine aimed = settings;
  aimed.schema = std::make_shared<Text>(target.schema);
  if (target.schema.empty()) aimed.database_option = target.url;
  return aimed;
}

Text repeating_options(std::string_view words, const CommandLine& settings) {
  constexpr std::string_view program = "quoin ";
  const Text& database = settings.schema->empty() ? settings.database_option : settings.named_database;
  const Text of_one = options_in_use(settings, database), of_all = options_in_use(settings, settings.named_database);
  if (of_one.empty() && settings.schema->empty()) return Text(words);
  Text all;
  std::size_t from = 0;
  for (std::size_t at = words.find(program); at != words.npos; at = words.find(program, at + 1)) {
    const std::size_t begin = at + program.size();
    std::size_t end = begin;
    while (end < words.size() && std::isalpha(static_cast<unsigned char>(words[end]))) ++end;
    const bool is_word = at == 0 || !std::isalnum(static_cast<unsigned char>(words[at - 1]));
    if (!is_word || !is_command(words.substr(begin, end - begin))) continue;
    const std::string_view command = words.substr(begin, end - begin);
    const bool is_of_all = is_of_all_targets(words.substr(end));
    all += concat(words.substr(from, begin - 1 - from), is_of_all ? of_all : of_one);
    from = begin - 1;
    if (is_of_all) continue;
    if (const Text schema = schema_for(command, settings); !schema.empty()) {
      all += concat(words.substr(from, end - from), schema);
      from = end;
    }
  }
  return all + Text(words.substr(from));
}

}  // namespace quoin
