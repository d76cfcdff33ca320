// The only user of CLI11: options declared, parsed and explained; errors turned into exit codes at the edge.
#include "commands/options.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <nlohmann/json.hpp>

#include "commands/described.h"
#include "core/base/caught.h"
#include "core/base/secret.h"
#include "core/sql/ast.h"
#include "project/config.h"
#include "project/env_file.h"
#include "project/fleet.h"

namespace quoin {
namespace {

// Without the list that CLI11 would add to the option's own.
CLI::Validator one_of(const List& allowed) { return CLI::IsMember(allowed).description(""); }
CLI::Validator whole_number() {
  const auto problem = [](const std::string& text) {
    int number = 0;
    const char* end = text.data() + text.size();
    const auto [read, failed] = std::from_chars(text.data(), end, number);
    return failed == std::errc() && read == end ? Text() : concat("needs a whole number, not \"", text, "\"");
  };
  return {problem, ""};
}

CLI::Validator some_value() {
  return {[](const std::string& text) { return text.empty() ? Text("needs a value") : Text(); }, ""};
}

class CommandOptions : public Options {
 public:
  explicit CommandOptions(CLI::App& app) : app_(app) {}
  void value(const char* names, Text& target, const char* doc) override { add_value(names, target, doc); }
  void value(const char* names, std::optional<Text>& target, const char* doc) override {
    add_value(names, target, doc);
  }
  void number(const char* names, std::optional<int>& target, const char* doc) override {
    app_.add_option(names, target, doc)->check(whole_number())->type_name("N");
  }
  void flag(const char* names, bool& target, const char* doc) override { app_.add_flag(names, target, doc); }
  void choice(const char* names, Text& target, const List& allowed, const char* doc) override {
    app_.add_option(names, target, doc)->check(one_of(allowed))->type_name(join(allowed, "|"));
  }
  void argument(const char* name, Text& target, const char* doc) override {
    app_.add_option(name, target, doc)->required()->type_name("");
  }
  void argument(const char* name, std::optional<Text>& target, const char* doc) override {
    app_.add_option(name, target, doc)->type_name("");
  }
  void arguments(const char* name, List& target, const char* doc) override {
    app_.add_option(name, target, doc)->type_name("");
  }

 private:
  CLI::App& app_;

  template <class Target>
  void add_value(std::string_view names, Target& target, const char* doc) {
    const std::size_t space = names.find(' ');
    app_.add_option(Text(names.substr(0, space)), target, doc)
        ->check(some_value())
        ->type_name(Text(names.substr(space + 1)));
  }
};

constexpr int oldest_server = 12, newest_server = 18;

Text version_text() {
  return concat("quoin ", QUOIN_VERSION, "\nreads the SQL of PostgreSQL ", std::to_string(ast::grammar()),
                "; talks to servers ", std::to_string(oldest_server), " to ", std::to_string(newest_server));
}

nlohmann::ordered_json version_json() {
  return {{"version", QUOIN_VERSION},
          {"grammar", ast::grammar()},
          {"servers", nlohmann::ordered_json::array({oldest_server, newest_server})}};
}

struct Common {
  Text color = "auto";
  bool quiet = false, verbose = false;
};

const DescribedOption& described(std::string_view name) {
  for (const DescribedOption& option : common_options())
    if (std::ranges::count(option.names, name) > 0) return option;
  throw Error(Code::internal, concat("no option ", name, " is described"));
}

void declare_common(CLI::App& app, CommandLine& settings, Common& common) {
  const auto value = [&](const char* name, Text& target) {
    const DescribedOption& option = described(name);
    CLI::Option* declared =
        app.add_option(join(option.names, ","), target, option.doc)->check(some_value())->type_name(option.type);
    if (!option.choices.empty()) declared->check(one_of(option.choices));
  };
  const auto flag = [&](const char* name, bool& target) {
    const DescribedOption& option = described(name);
    app.add_flag(join(option.names, ","), target, option.doc);
  };
  app.set_help_flag(join(described("--help").names, ","), described("--help").doc);
  value("--config", settings.config_file);
  value("--env", settings.environment);
  value("--env-file", settings.env_file);
  value("--database", settings.database_option);
  value("--search-path", settings.search_path_option);
  value("--layout", settings.layout_option);
  app.add_option("--set", settings.variable_options, described("--set").doc)
      ->check(some_value())
      ->type_name(described("--set").type)
      ->allow_extra_args(false);
  flag("--json", settings.json);
  flag("--quiet", common.quiet);
  flag("--verbose", common.verbose);
  value("--color", common.color);
  value("--log-format", settings.log_format);
  app.set_version_flag("--version", version_text(), described("--version").doc);
}

/// The first word that is no option; empty where there is none.
Text first_word(std::span<char* const> arguments) {
  for (const char* argument : arguments)
    if (*argument != '-') return argument;
  return {};
}

const DescribedCommand* find_command(const std::vector<DescribedCommand>& commands, const Text& name) {
  const auto found = std::ranges::find(commands, name, &DescribedCommand::name);
  return found == commands.end() ? nullptr : &*found;
}

/// True if `name` has the letters of `abbreviated` in their order: "--db" of "--database".
bool abbreviates(std::string_view abbreviated, std::string_view name) {
  for (const char c : name)
    if (!abbreviated.empty() && abbreviated.front() == c) abbreviated.remove_prefix(1);
  return abbreviated.empty();
}

std::optional<Text> meant_option(std::string_view given, const List& known) {
  constexpr std::size_t two_letters = 4;
  if (given.find("://") != given.npos) return "--database URL";
  if (!given.starts_with('-')) return std::nullopt;
  given = given.substr(0, given.find('='));
  if (auto near = nearest(given, known)) return near;
  if (given.size() < two_letters) return std::nullopt;
  const auto found = std::ranges::find_if(known, [&](const Text& name) { return abbreviates(given, name); });
  return found == known.end() ? std::nullopt : std::optional(*found);
}

Text near_option(const CLI::App& app, const DescribedCommand* command) {
  List known;
  for (const std::vector<DescribedOption>* options : {&common_options(), command ? &command->options : nullptr})
    if (options)
      for (const DescribedOption& option : *options)
        if (!option.is_argument) known.insert(known.end(), option.names.begin(), option.names.end());
  for (const Text& left : app.remaining(true))
    if (const std::optional<Text> near = meant_option(left, known)) return concat("did you mean ", *near, "? ");
  return {};
}

/// What was not expected, in its order; without what follows such an option, which may be a password.
Text unexpected(const CLI::App& app, std::span<char* const> arguments) {
  List left = app.remaining(true), named;
  bool is_value = false;
  for (const std::string_view argument : arguments) {
    const auto found = std::ranges::find(left, argument);
    if (found == left.end()) continue;
    left.erase(found);
    const bool is_option = argument.starts_with('-');
    const std::size_t end = argument.starts_with("--") ? argument.find('=') : is_option ? 2 : argument.npos;
    if (is_option || !is_value) named.emplace_back(argument.substr(0, end));
    is_value = is_option && end >= argument.size();
  }
  return concat(named.size() == 1 ? "this argument is not expected: " : "these arguments are not expected: ",
                join(named, " "));
}

/// What is wrong with the command line, with the nearest thing that would be right.
Error usage_error(const CLI::App& app, const CLI::ParseError& error, std::span<char* const> arguments) {
  const std::vector<DescribedCommand> commands = described_commands();
  const Text word = first_word(arguments);
  const DescribedCommand* command = find_command(commands, word);
  if (!command && !word.empty() && app.get_subcommands().empty()) {
    List names;
    for (const DescribedCommand& each : commands) names.push_back(each.name);
    const auto near = nearest(word, names);
    return {Code::usage,
            concat("there is no command \"", word, "\""),
            {},
            concat(near ? concat("did you mean ", *near, "? ") : Text(), "quoin --help lists the commands")};
  }
  for (const CLI::App* chosen : app.get_subcommands()) command = find_command(commands, chosen->get_name());
  Text said = error.what();
  if (dynamic_cast<const CLI::ExtrasError*>(&error)) said = unexpected(app, arguments);
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error))
    said = concat(said.substr(0, said.find(':')), " needs a value");
  const bool is_name = said.size() > 1 && said[1] >= 'A' && said[1] <= 'Z';
  if (!is_name) said.replace(0, 1, lower(said.substr(0, 1)));
  if (said == "a subcommand is required") said = "no command is given";
  return {Code::usage,
          said,
          {},
          concat(near_option(app, command), command ? concat("quoin ", command->name, " --help says what it takes")
                                                    : Text("quoin --help lists the commands"))};
}

bool asks_for_json(std::span<char* const> arguments) {
  return std::ranges::any_of(arguments, [](const char* argument) { return std::string_view(argument) == "--json"; });
}

/// --version and --help, which the parser answers as text.
int answer_json(const CLI::App& app, const CLI::ParseError& error) {
  if (dynamic_cast<const CLI::CallForVersion*>(&error)) return print_json(version_json()), 0;
  Text command;
  for (const CLI::App* chosen : app.get_subcommands()) command = chosen->get_name();
  return print_json(json_of_help(command)), 0;
}

void settle(CommandLine& settings, const Common& common) {
  settings.color = common.color == "always" ? Color::always : common.color == "never" ? Color::never : Color::automatic;
  settings.loudness = common.quiet ? Loudness::quiet : common.verbose ? Loudness::verbose : Loudness::normal;
  settings.audience = at_terminal(settings);
  settings.variables = read_env_file(settings.env_file);
  settings.config = read_config(settings.config_file, settings.environment, settings.variables);
  settings.named_database = settings.database_option;
  if (!settings.schema->empty()) aim_at_schema(*settings.schema, settings);
}

int report(const Error& error, const CommandLine& settings) {
  put_error(error, settings);
  return exit_code(error.code);
}

int run_chosen(const std::function<int()>& chosen, CommandLine& settings, const Common& common) {
  try {
    settle(settings, common);
    const int code = chosen();
    put_heard(settings);
    return code;
  } catch (...) { return report(error_of(std::current_exception()), settings); }
}
}  // namespace

namespace {
/// A URL may be mistyped, or stand where none is expected, and is quoted then.
void remember_secrets_of(std::span<char* const> arguments) {
  for (const std::string_view argument : arguments) {
    remember_secret(password_in_url(argument));
    if (const std::size_t sign = argument.find('='); sign != argument.npos)
      remember_secret(password_in_url(argument.substr(sign + 1)));
  }
}

/// The parser would take the next argument in place of a value that is empty.
void refuse_empty_values(std::span<char* const> arguments) {
  for (const std::string_view argument : arguments) {
    if (argument == "--") return;
    if (argument.starts_with("--") && argument.find('=') == argument.size() - 1)
      throw CLI::ValidationError(Text(argument.substr(0, argument.size() - 1)), "needs a value");
  }
}
}  // namespace

int run(std::span<const Command* const> commands, int argc, char** argv) {
  CLI::App app("Keeps a PostgreSQL schema true: diffs, proves, runs, verifies and documents it.", "quoin");
  CommandLine settings;
  Common common;
  std::function<int()> chosen;
  declare_common(app, settings, common);
  app.require_subcommand(1);
  app.fallthrough();
  for (const Command* command : commands) {
    CLI::App* sub = app.add_subcommand(command->name, command->summary);
    sub->fallthrough();
    sub->footer(command->details);
    CommandOptions options(*sub);
    sub->callback([&chosen, run = command->declare(options, settings)] { chosen = run; });
  }
  const std::span<char* const> given(argv, static_cast<std::size_t>(argc));
  remember_secrets_of(given);
  try {
    refuse_empty_values(given.subspan(std::min<std::size_t>(given.size(), 1)));
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const std::span<char* const> arguments(argv + std::min(argc, 1), argv + argc);
    settings.json = asks_for_json(arguments);
    if (error.get_exit_code() == 0) return settings.json ? answer_json(app, error) : app.exit(error);
    return report(usage_error(app, error, arguments), settings);
  }
  for (char* argument : given) blank_secrets({argument, std::strlen(argument)});
  return run_chosen(chosen, settings, common);
}

}  // namespace quoin
