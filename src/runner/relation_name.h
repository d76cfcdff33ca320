// Names in parsed statements, as SQL.
#pragma once
#include "core/sql/ast.h"

namespace quoin::runner {

/// "s.t" of a RangeVar, quoted where that is needed.
Text name_of(ast::Node relation);
/// The same of a list of name parts, as DROP and calls have them.
Text name_of(const List& parts);

}  // namespace quoin::runner
