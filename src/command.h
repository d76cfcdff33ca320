// What a command has in hand: its options, the common settings, and where results and remarks go.
#pragma once
#include <functional>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <set>

#include "base/error.h"
#include "base/text.h"

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

/// quoin.yaml, with what an environment overrides (src/config.cc reads it). Paths are relative to the file's folder and
/// already joined to it.
struct Config {
  Text file;  // empty: there is none
  Text migrations = "migrations", schemas = "schemas", document = "DATABASE.md";
  Text ledger = "quoin.migrations";     // schema.table
  std::optional<Text> database;         // of the environment chosen
  List assumed_schemas, assumed_files;  // what the platform provides
  List managed_schemas;                 // empty: all that DESIGN 1 says
  List allow;                           // hazards that migrate takes without asking
  Text search_path;                     // empty: "$user", public
  Text shadow = "auto";
};

/// The options that every command takes, and what follows from them.
struct Settings {
  Text config_file, environment, database_option, search_path_option;
  bool json = false;
  Color color = Color::automatic;
  Loudness loudness = Loudness::normal;
  Config config;
  std::shared_ptr<std::set<Text>> said = std::make_shared<std::set<Text>>();  // by remark_once()

  /// --database, DATABASE_URL, the config's environment, PGHOST/PGDATABASE/PGSERVICE ("" as conninfo); nullopt: none.
  std::optional<Text> database() const;
  /// As database(), or Error(usage) that says how to name one.
  Text need_database() const;
  List search_path() const;  // split and unquoted; default {"$user", "public"}
};

/// One row of the command table in main.cc. `declare` adds the command's options and gives what runs it; its result is
/// the exit code (0 or 1); all else is an Error.
struct Command {
  const char* name;
  const char* summary;
  const char* details;  // shown under --help: two or three lines with an example
  std::function<int()> (*declare)(Options&, const Settings&);
};

// Each command's row, defined in the file of its name.
// clang-format off
#define QUOIN_COMMANDS \
  QUOIN_COMMAND(diff) \
  QUOIN_COMMAND(snapshot) \
  QUOIN_COMMAND(verify) \
  QUOIN_COMMAND(graph) \
  QUOIN_COMMAND(init) \
  QUOIN_COMMAND(create) \
  QUOIN_COMMAND(migrate) \
  QUOIN_COMMAND(rollback) \
  QUOIN_COMMAND(status) \
  QUOIN_COMMAND(list) \
  QUOIN_COMMAND(repair) \
  QUOIN_COMMAND(validate) \
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
void print_findings(const Findings&, const Settings&);
/// stdout: a schema, SQL or picture that was asked for, byte for byte; only on a terminal its signs are made visible.
void print_document(std::string_view text);
void put_findings(const Findings&, const Settings&);       // stderr
void put_error(const Error&, const Settings&);             // stderr
void remark(const Settings&, std::string_view line);       // stderr; not with --quiet
void remark_once(const Settings&, std::string_view line);  // what several readers of one thing would say again
void detail(const Settings&, std::string_view line);       // stderr; only with --verbose
bool colored(const Settings&, int file_descriptor);
/// For people, with its lines after the first further in, so that none of them passes for a line of quoin's own.
Text indented(std::string_view text);
/// JSON as text, indented, with \u escapes for characters that steer a terminal; what is no UTF-8 is replaced.
Text dumped(const nlohmann::ordered_json&);
/// Findings as text: file:line:column: severity: message, the source line and a caret, the hint.
Text to_text(const Findings&, bool with_color);
bool is_terminal(int file_descriptor);
/// Asks on the terminal; only "y" and "yes" are a yes.
bool says_yes(std::string_view question);

}  // namespace quoin
