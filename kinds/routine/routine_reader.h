// Readers of CREATE and ALTER FUNCTION, PROCEDURE, ROUTINE.
#pragma once
#include "core/sql/ast.h"

namespace quoin {
class Reading;

void read_create_routine(ast::Node statement, Reading&);
void read_alter_routine(ast::Node statement, Reading&);

}  // namespace quoin
