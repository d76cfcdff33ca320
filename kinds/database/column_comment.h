// Comments on columns that are no objects, read.
#pragma once
#include "core/model/reading.h"

namespace quoin {

/// COMMENT ON COLUMN of a view or a composite type.
void read_column_comment(ast::Node comment_statement, Id relation, Reading&);
/// What was said of an attribute that goes.
void forget_column_comment(Id relation, const Text& name, Reading&);

}  // namespace quoin
