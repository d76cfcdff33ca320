// What a command works with: its options, those that all commands have, and where results and remarks go.
#pragma once
#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "core/base/finding_text.h"
#include "project/settings.h"

namespace quoin {

/// The options of one command, declared where it is written; CLI11 stands behind it. The variables must outlive the
/// run.
class Options {
 public:
  virtual ~Options() = default;
  virtual void value(const char* names, Text& target, const char* doc) = 0;  // "-o,--output FILE"
  virtual void value(const char* names, std::optional<Text>& target, const char* doc) = 0;
  virtual void number(const char* names, std::optional<int>& target, const char* doc) = 0;
  virtual void flag(const char* names, bool& target, const char* doc) = 0;
  virtual void choice(const char* names, Text& target, const List& allowed, const char* doc) = 0;
  virtual void argument(const char* name, Text& target, const char* doc) = 0;  // required
  virtual void argument(const char* name, std::optional<Text>& target, const char* doc) = 0;
  virtual void arguments(const char* name, List& target, const char* doc) = 0;  // any number
};

enum class Color { automatic, always, never };
enum class Loudness { quiet, normal, verbose };

/// With --json: what goes to stderr besides the result, in one document at the end.
struct Heard {
  Findings findings;
  List remarks;
};

/// The options that every command takes, and what follows from them.
struct CommandLine : Settings {
  bool json = false;
  Text log_format;  // "text", "json"; empty: no log, and stderr is for people
  Color color = Color::automatic;
  Loudness loudness = Loudness::normal;
  std::shared_ptr<Heard> heard = std::make_shared<Heard>();
  std::shared_ptr<Text> schema = std::make_shared<Text>();  // --schema, of the commands that have it; empty: none
  Text named_database;                                      // --database as it was given

  bool logs_json() const { return log_format == "json"; }
};

/// A command. `declare` declares the command's options and gives the function that runs it, whose result is the exit
/// code (0 or 1); everything else is thrown as an Error.
struct Command {
  const char* name;
  const char* summary;
  const char* details;  // shown under --help: two or three lines with an example
  std::function<int()> (*declare)(Options&, const CommandLine&);
};

// Each command's row, defined in the file of its name.
// clang-format off
#define QUOIN_COMMANDS \
  QUOIN_COMMAND(diff) \
  QUOIN_COMMAND(snapshot) \
  QUOIN_COMMAND(verify) \
  QUOIN_COMMAND(graph) \
  QUOIN_COMMAND(why) \
  QUOIN_COMMAND(init) \
  QUOIN_COMMAND(create) \
  QUOIN_COMMAND(migrate) \
  QUOIN_COMMAND(rollback) \
  QUOIN_COMMAND(redo) \
  QUOIN_COMMAND(reset) \
  QUOIN_COMMAND(sync) \
  QUOIN_COMMAND(drop) \
  QUOIN_COMMAND(status) \
  QUOIN_COMMAND(version) \
  QUOIN_COMMAND(list) \
  QUOIN_COMMAND(log) \
  QUOIN_COMMAND(baseline) \
  QUOIN_COMMAND(squash) \
  QUOIN_COMMAND(repair) \
  QUOIN_COMMAND(adopt) \
  QUOIN_COMMAND(validate) \
  QUOIN_COMMAND(preflight) \
  QUOIN_COMMAND(help) \
  QUOIN_COMMAND(completions)
// clang-format on
#define QUOIN_COMMAND(name) extern const Command name##_command;
QUOIN_COMMANDS
#undef QUOIN_COMMAND

// ---- Results and remarks: the only way out to stdout and stderr ----
// All is without passwords, and shows the characters that steer a terminal, but for documents.
void print_lines(std::string_view text);  // stdout; throws where that cannot be written, as all these do
void print_json(nlohmann::ordered_json);  // stdout, indented
void print_findings(const Findings&, const CommandLine&);
/// Writes to stdout a schema, SQL or picture that was asked for, byte for byte; on a terminal, characters that steer it
/// are made visible.
void print_document(std::string_view text);
/// To stderr, its hint as repeating_options() has it; with --json what was heard too.
void put_error(const Error&, const CommandLine&);
void put_heard(const CommandLine&);                // with --json: what was heard, to stderr
void tell(const CommandLine&, const List& lines);  // each a remark; not with --json, whose error has them
bool colored(const CommandLine&, int file_descriptor);
/// Writes a line to stderr as it is: it is masked and visible already.
void put_log_line(std::string_view line);
void hide_secrets(nlohmann::ordered_json&);
/// JSON as text, indented, with \u escapes for characters that steer a terminal; what is no UTF-8 is replaced.
Text dumped(const nlohmann::ordered_json&);
/// The Audience of use cases that a command runs: writes to stderr, as loud, as coloured and in the form that was asked
/// for.
std::shared_ptr<Audience> at_terminal(const CommandLine&);
bool is_terminal(int file_descriptor);
/// Throws Error(Code::refused) where nobody can be asked whether to do this: stdin or stderr is no terminal. `losses`:
/// what would be lost, a line each.
void require_terminal(std::string_view doing, std::string_view hint = "say -y to go ahead", const List& losses = {});
/// Asks on the terminal; only "y" and "yes" are a yes.
bool says_yes(std::string_view question);
/// Asks on the terminal for a word to be typed.
bool types(std::string_view question, std::string_view word);

}  // namespace quoin
