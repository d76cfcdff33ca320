// What tools take out of a script, or fill into it, before a server sees it. None of it is SQL.
#pragma once
#include <optional>

#include "core/base/text.h"

namespace quoin::psql {

/// pg_dump's `\restrict` and `\unrestrict` lines, which only tell psql something, become blanks.
Text without_restrict(Text sql);

/// `${name}`, `{{name}}`, `:name` and `:'name'`, which a tool should have filled in: its bytes.
struct Variable {
  std::size_t begin, end;
};
/// The first that stands where it cannot be meant; `everywhere` looks for `${name}` in strings and bodies too, though
/// never in comments.
enum class Where { outside_of_strings, everywhere };
std::optional<Variable> first_variable(std::string_view sql, Where);

/// Whether a statement may begin or end a transaction by itself, as far as words tell.
bool may_hold_transaction(std::string_view sql);

}  // namespace quoin::psql
