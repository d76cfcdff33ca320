// Inheritance: what a table has from others, as a partition or by INHERITS, is there as objects that follow those of
// the others (Kind::follows). Where a table that inherits has such a thing of its own besides, which partitions never
// do, it wants what it follows instead of needing it (Kind::own_besides).
#pragma once
#include "kinds/table/partition.h"

namespace quoin {

/// The tables whose columns a table has: the one that it is a partition of, or those that it inherits from, in order.
/// Never itself, be it by way of others.
std::vector<Id> parents_of(const Object& table, const Schema&);
/// The tables that have a table among their parents.
std::vector<Id> heirs_of(Id table, Schema&);

/// Kind::own_besides of what says in a field `inherited` where it is not.
bool own_besides(const Object&);
/// Says that what a table inherits is its own besides from now on; null where it has nothing of the kind and name from
/// another.
Object* make_own_besides(const Kind&, Id table, const Text& name, Reading&);

/// Of constraints that an heir has from its parents alone: a NOT VALID one of the parents' is to come once the heir is
/// there, since one that is made later has it validated. `not_valid` becomes the parents'; `validated` tells where the
/// heir's is valid all the same.
void follow_validity(Object&, Schema&);
/// KindSql::after_leader of a constraint that is `validated`.
Steps validate_alone(const Object&, std::string_view name);

/// What is its table's own besides may come before what it follows as well.
void forget_leader(Step& making, const Object&);

/// " INHERITS (a, b)" or "".
Text inherits_clause(const Object& table);
/// Kind::derive of what may inherit: its needs, and that its parents have heirs.
void derive_inherits(Object& table, Schema&);
/// Part of a select list for pg_class row `c`: `inherits`.
std::string_view inherits_column();
/// What NO INHERIT and INHERIT do where `inherits` changes, ATTACH and DETACH where `partition_of` and `bound` do.
Change change_parents(const Delta&, const Users&);
/// Takes from the parents what a new table that says INHERITS has of them.
void inherit_from(Object& table, const std::vector<Id>& parents, Reading&);
/// Readers of ALTER TABLE INHERIT and NO INHERIT.
void read_inherit(ast::Node command, Reading&);
void read_no_inherit(ast::Node command, Reading&);

}  // namespace quoin
