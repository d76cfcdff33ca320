// Readers of CREATE TRIGGER and ALTER TABLE … ENABLE or DISABLE TRIGGER.
#pragma once
#include "core/sql/ast.h"

namespace quoin {
class Reading;

void read_create_trigger(ast::Node statement, Reading&);
void read_trigger_enabled(ast::Node command, Reading&);

}  // namespace quoin
