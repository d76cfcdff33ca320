// How strongly a statement locks the relation that it is about.
#pragma once
#include "core/model/lock.h"
#include "core/sql/ast.h"

namespace quoin {

/// By the rows of the kinds' readers, of what alters by what the server takes (AlterTableGetLockLevel() in
/// tablecmds.c); none for what touches no relation that is there, or only reads it.
Lock lock_of(ast::Node statement);

}  // namespace quoin
