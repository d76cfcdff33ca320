#include "commands/described.h"

namespace quoin {
namespace {

const Command* const commands[] = {
#define QUOIN_COMMAND(name) &name##_command,
    QUOIN_COMMANDS
#undef QUOIN_COMMAND
};

/// Takes down what a command declares.
class Recorder : public Options {
 public:
  explicit Recorder(std::vector<DescribedOption>& options) : options_(options) {}
  void value(const char* names, Text&, const char* doc) override { add_value(names, doc); }
  void value(const char* names, std::optional<Text>&, const char* doc) override { add_value(names, doc); }
  void number(const char* names, std::optional<int>&, const char* doc) override {
    options_.push_back({split(names, ','), "N", {}, doc});
  }
  void flag(const char* names, bool&, const char* doc) override {
    options_.push_back({split(names, ','), "", {}, doc});
  }
  void choice(const char* names, Text&, const List& allowed, const char* doc) override {
    options_.push_back({split(names, ','), join(allowed, "|"), allowed, doc});
  }
  void argument(const char* name, Text&, const char* doc) override { add_argument(name, doc); }
  void argument(const char* name, std::optional<Text>&, const char* doc) override { add_argument(name, doc); }
  void arguments(const char* name, List&, const char* doc) override { add_argument(name, doc); }

 private:
  std::vector<DescribedOption>& options_;

  void add_value(std::string_view names, const char* doc) {
    const std::size_t space = names.find(' ');
    const Text type(names.substr(space + 1));
    const List choices = type.find('|') == Text::npos ? List() : split(type, '|');
    options_.push_back({split(names.substr(0, space), ','), type, choices, doc});
  }
  void add_argument(const char* name, const char* doc) { options_.push_back({{name}, name, {}, doc, true}); }
};

}  // namespace

std::span<const Command* const> all_commands() { return commands; }

std::vector<DescribedCommand> described_commands() {
  static const CommandLine settings;
  std::vector<DescribedCommand> all;
  for (const Command* command : commands) {
    DescribedCommand& one = all.emplace_back(DescribedCommand{command->name, command->summary, command->details, {}});
    Recorder recorder(one.options);
    command->declare(recorder, settings);
  }
  return all;
}

const std::vector<DescribedOption>& common_options() {
  static const std::vector<DescribedOption> options{
      {{"--config"}, "FILE", {}, "the project's settings (default: quoin.yaml)"},
      {{"--env"}, "NAME", {}, "which environment of the settings"},
      {{"--env-file"}, "FILE", {}, "variables that the environment does not have (default: .env, if it is there)"},
      {{"--database"}, "URL", {}, "the database: postgresql://user@host/name"},
      {{"--search-path"}, "LIST", {}, "what unqualified names in SQL mean (default: \"$user\", public)"},
      {{"--layout"}, "NAME", {}, "whose files the migrations are (default: as their folder says)"},
      {{"--set"}, "NAME=VALUE", {}, "what a placeholder in migrations stands for; may be given again"},
      {{"--json"}, "", {}, "results, findings and errors as JSON"},
      {{"-q", "--quiet"}, "", {}, "only results and errors"},
      {{"-v", "--verbose"}, "", {}, "say what is done"},
      {{"--color"}, "auto|always|never", {"auto", "always", "never"}, "when to color"},
      {{"--log-format"},
       "text|json",
       {"text", "json"},
       "log runs to stderr, a line an event; json: and all else there as lines of JSON"},
      {{"--version"}, "", {}, "the version, and whose SQL it reads"},
      {{"-h", "--help"}, "", {}, "what a command does and takes"}};
  return options;
}

}  // namespace quoin
