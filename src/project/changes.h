// The changes of a plan in words, a line for each statement.
#pragma once
#include "project/routes.h"

namespace quoin {

struct ChangeLine {
  Id group, subject;       // what has a section of its own; what the statement is about. Null: the database
  Text text;               // Markdown, on one line: "`column email` changed: `ALTER TABLE …`"
  bool is_certain = true;  // false: it comes of texts alone of which only a server could tell whether they differ
};
/// In the order of the statements.
std::vector<ChangeLine> change_lines(const Routes&);

/// As code in Markdown, whatever it holds, on one line: a name cannot leave the quotes.
Text quoted_as_code(std::string_view);

}  // namespace quoin
