// Error, quoin's only exception type, and findings: what a user should mend, as data.
#pragma once
#include <compare>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/rule_name.h"

namespace quoin {

/// A place in one of the user's files. Lines and columns count from 1, columns in characters; 0 where they are not
/// known. `file` is empty where there is no place.
struct Place {
  std::string file;
  int line = 0, column = 0;
  auto operator<=>(const Place&) const = default;
};
std::string to_string(const Place&);  // "file:12:3", "file", or ""

/// What sort of failure an Error is. The number behind each is the exit code that `exit_code` gives for it.
enum class Code {
  input,     // a file, an argument's content, an environment that cannot be used: 2
  database,  // the server refused or went away: 2
  refused,   // not done, for safety: 3
  usage,     // the command line: 64
  internal,  // quoin's own mistake: 2
};
int exit_code(Code);

/// Thrown by every room. Commands turn it into a message and an exit code, the library into its own exception. `what()`
/// is the message alone: what is wrong, with the object's name; `hint` says what to do next; `sqlstate` is a server's.
struct Error : std::runtime_error {
  Error(Code error_code, const std::string& message, Place place = {}, std::string advice = {})
      : std::runtime_error(message), code(error_code), where(std::move(place)), hint(std::move(advice)) {}
  Code code;
  Place where;
  std::string hint;
  std::string sqlstate;
  std::string detail;         // further lines, as the server's DETAIL or the statement that failed
  std::string server_detail;  // the server's DETAIL alone
  std::string object;         // "table public.users", where it is about one
  std::string source;         // the text of the line at `where`, for the caret; empty where there is none
};

enum class Severity { note, warning, error };
std::string_view to_string(Severity);

/// Something in the user's files that they should know or mend. `source` is the text of the line at `place` (for the
/// caret), empty where there is none, or none that a person would read: shown_line().
struct Finding {
  Severity severity = Severity::error;
  RuleName rule;
  std::string message;  // one sentence, no newline: what is wrong, with the object's name
  Place place;
  std::string object;  // "table public.users"; empty where none is meant
  std::string hint;    // what to do next; may be empty
  std::string source;
  int width = 1;  // characters that the caret underlines
};
using Findings = std::vector<Finding>;

}  // namespace quoin
