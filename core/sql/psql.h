// Parts of a script that are no SQL: commands of psql, and placeholders.
#pragma once
#include <optional>

#include "core/base/text.h"

namespace quoin::psql {

/// The messages of errors about what only psql can run: its own commands, COPY from what it sends, and rows after that.
inline constexpr std::string_view is_command = " is a command of psql, not SQL",
                                  are_rows = "the rows after COPY … FROM stdin are for psql, not SQL",
                                  reads_rows = "COPY … FROM stdin reads the rows that psql sends, and nobody else does";

/// Replaces pg_dump's `\restrict` and `\unrestrict` lines, which are for psql alone, by blanks.
Text without_restrict(Text sql);

/// The bytes of a placeholder that some tool should have replaced: `${name}`, `{{name}}`, `:name` and `:'name'`.
struct Variable {
  std::size_t begin, end;
};
/// The first placeholder outside of strings and comments; `everywhere` looks for `${name}` in strings and bodies too,
/// but never in comments.
enum class Where { outside_of_strings, everywhere };
std::optional<Variable> first_variable(std::string_view sql, Where);

/// True if some word of the text may begin or end a transaction.
bool may_hold_transaction(std::string_view sql);

}  // namespace quoin::psql
