// The only user of CLI11: options declared, parsed and explained; errors turned into exit codes at the edge.
#include "options.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <cstring>
#include <sstream>

#include "base/ast.h"
#include "base/secret.h"
#include "config.h"

namespace quoin {
namespace {

// Without the list that CLI11 would add to the option's own.
CLI::Validator one_of(const List& allowed) { return CLI::IsMember(allowed).description(""); }

class CommandOptions : public Options {
 public:
  explicit CommandOptions(CLI::App& app) : app_(app) {}
  void value(const char* names, Text& target, const char* doc) override { add_value(names, target, doc); }
  void value(const char* names, std::optional<Text>& target, const char* doc) override {
    add_value(names, target, doc);
  }
  void number(const char* names, std::optional<int>& target, const char* doc) override {
    app_.add_option(names, target, doc)->type_name("N");
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
    app_.add_option(Text(names.substr(0, space)), target, doc)->type_name(Text(names.substr(space + 1)));
  }
};

Text version_text() {
  return concat("quoin ", QUOIN_VERSION, "\nreads the SQL of PostgreSQL ", std::to_string(ast::grammar()),
                "; talks to servers 12 to 18");
}

struct Common {
  Text color = "auto";
  bool quiet = false, verbose = false;
};

void declare_common(CLI::App& app, Settings& settings, Common& common) {
  app.add_option("--config", settings.config_file, "the project's settings (default: quoin.yaml)")->type_name("FILE");
  app.add_option("--env", settings.environment, "which environment of the settings")->type_name("NAME");
  app.add_option("--database", settings.database_option, "the database: postgres://user@host/name")->type_name("URL");
  app.add_option("--search-path", settings.search_path_option, "what unqualified names in SQL mean")->type_name("LIST");
  app.add_flag("--json", settings.json, "results, findings and errors as JSON");
  app.add_flag("-q,--quiet", common.quiet, "only results and errors");
  app.add_flag("-v,--verbose", common.verbose, "say what is done");
  app.add_option("--color", common.color, "when to color")
      ->check(one_of({"auto", "always", "never"}))
      ->type_name("auto|always|never");
  app.set_version_flag("--version", version_text());
}

void settle(Settings& settings, const Common& common) {
  settings.color = common.color == "always" ? Color::always : common.color == "never" ? Color::never : Color::automatic;
  settings.loudness = common.quiet ? Loudness::quiet : common.verbose ? Loudness::verbose : Loudness::normal;
  settings.config = read_config(settings.config_file, settings.environment);
}

int report(const Error& error, const Settings& settings) {
  const Text text = settings.json ? to_json(error) : to_text(error, colored(settings, STDERR_FILENO));
  put_error(text);
  return exit_code(error.code);
}

int run_chosen(const std::function<int()>& chosen, Settings& settings, const Common& common) {
  try {
    settle(settings, common);
    return chosen();
  } catch (const Error& error) { return report(error, settings); } catch (const std::exception& error) {
    return report(Error(Code::internal, concat("quoin met something it did not foresee: ", error.what()), {},
                        "this is a mistake of quoin's own; please report it with the command and its input"),
                  settings);
  }
}
}  // namespace

int run(std::span<const Command* const> commands, int argc, char** argv) {
  CLI::App app("Keeps a PostgreSQL schema true: diffs, proves, runs, verifies and documents it.", "quoin");
  Settings settings;
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
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    std::ostringstream out, said;
    app.exit(error, out, said);
    put_error(masked(said.str()));
    return exit_code(Code::usage);
  }
  for (char* argument : std::span(argv, static_cast<std::size_t>(argc)))
    blank_secrets({argument, std::strlen(argument)});
  return run_chosen(chosen, settings, common);
}

}  // namespace quoin
