// Defaults of a view's columns, read.
#pragma once
#include "core/model/reading.h"

namespace quoin {

/// ALTER … ALTER COLUMN SET DEFAULT and DROP DEFAULT where the subject is a view.
void read_column_default_of_view(ast::Node alter_table_command, Reading&);

}  // namespace quoin
