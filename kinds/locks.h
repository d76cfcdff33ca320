// How strongly a statement locks the relation that it is about.
#pragma once
#include "core/model/lock.h"
#include "core/sql/ast.h"

namespace quoin {

/// The lock that a statement takes on the relation that it is about, by the rows of the kinds' readers; an ALTER takes
/// what AlterTableGetLockLevel() in tablecmds.c says. None for a statement that touches no existing relation, or only
/// reads it.
Lock lock_of(ast::Node statement);

}  // namespace quoin
