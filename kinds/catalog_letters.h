// What the catalogs say of an object: the letters that tell its kind, and what it inherits from.
#pragma once
#include "kinds/list.h"

namespace quoin {

/// pg_class.relkind: "r", "v", "i"…; empty of what is no relation.
Text relkind_of(const Object&);
/// pg_constraint.contype: "p", "f"…; empty of what is no constraint.
Text contype_of(const Kind&);
/// pg_get_expr(relpartbound, oid); empty of what is no partition.
Text partition_bound(const Object&);
/// The relations that pg_inherits has as its parents, qualified.
List parents_in_catalog(const Object&);

}  // namespace quoin
