// Partitions. A partition's columns, and what constraints and indexes its parent brings to it, are objects that follow
// those of the parent (Kind::follows): the parent's statements make, change and drop them. What the partition has of
// its own is like that of any table.
#pragma once
#include "kinds/table/table_fields.h"

namespace quoin {

/// The table that a table is a partition of; null for others, and for those that would be partitions of themselves.
Id parent_of_partition(const Object& table, const Schema&);
/// What the object has from a parent of the table that it lies in (Kind::follows): among its needs, or else its wants,
/// of its own kind, below another table.
Id inherited_from(const Object&);

/// The partitions of a table.
std::vector<Id> partitions_of(Id table, Schema&);

/// Whether an object of a partition is like what its parent's brings to it, so that the server takes it for that.
bool could_be_part_of(const Object& whole, const Object&);
/// The name that the server chooses for what the parent's object brings.
Text name_in_partition(const Object& leader, Id partition, const Schema&);
Text qualified_index(Id);  // of an index, or of a constraint that has one
/// Kind::brings of indexes and of constraints with one: one that is its table's alone brings nothing.
bool brings_parts(const Object&);
/// The step that makes an index, or a constraint with one, a part of the parent's, to stand after the one that makes
/// it.
void add_attachment(Steps&, const Object&);
/// KindSql::follow of an index whose part, or whatever else it needs but columns, is rebuilt or goes.
Follow follow_part(Id part, const Object& whole, const Users&);
/// Takes from a delta what tells whose part an index is, or whether it is its table's alone, and answers for that.
Change change_attachment(Delta&, const Users&);
/// Kind::brought of indexes and of constraints with one: their name, where the server would choose another.
Steps keep_name(const Object&);
/// KindReading::derive of what is inherited: ties the object to those of the parents, and gives the heirs of its own table
/// theirs, where they have none yet.
void derive_inheritance(Object&, Schema&);
/// All that the parents bring to a table, at once. To one that they join later they bring no defaults.
enum class Joins { as_it_is_made, by_attach };
void inherit_all(Id table, Joins, Schema&);
void inherit_columns(Id table, Schema&);  // before those that it has of its own

/// "range (at)" of a PartitionSpec.
Text partition_key_of(ast::Node partition_spec);
/// Makes a table that is at hand a partition of the parent.
void join_parent(Object& table, Id parent, ast::Node partition_bound_spec, Reading&);
/// A foreign key refers to the table, and so, in the server's books, to each partition.
void mark_as_referred_to(Id table, Schema&);
/// Readers of ATTACH PARTITION, of tables and of indexes, and DETACH PARTITION.
void read_attach_partition(ast::Node command, Reading&);
void read_detach_partition(ast::Node command, Reading&);

/// The bound as the field has it: "FOR VALUES FROM (…) TO (…)" becomes "from (…) to (…)".
Text bound_of(ast::Node partition_bound_spec);

/// The steps that make a table, of its parent where it is a partition; `verb` begins its CREATE, `clauses` end it.
Steps create_table(const Object& table, std::string_view verb, std::string_view clauses);
/// KindReading::derive of what may have parents: its bound as the field has it, its need of them.
void derive_partition(Object& table, Schema&);
Text partition_by_clause(const Object& table);
Text attach_sql(const Object& partition);
Text detach_sql(const Object& partition);
/// The bounds of its parent, of which it takes a part (Kind::rooms).
Slots bounds_taken(const Object& table);
/// Kind::dropped_with: DROP of a partitioned table drops its partitions.
Id dropped_with_parent_of_partition(const Object& table);
/// Parts of a select list for pg_class row `c`: `partition_of` and `bound`.
std::string_view partition_columns();
/// The steps by which a table gets what it has to have before it becomes a parent's; `joining`, which makes it that,
/// comes after them, and brings the rest.
Steps bring_what_joining_asks_for(const Delta&, const Users&, Step& joining);
/// What ATTACH and DETACH do where `partition_of` and `bound` change.
Change change_partition(const Delta&, const Users&);

/// Part of a select list: the name of the parent's index that pg_index row `i`, whose pg_class row is `x`, is attached
/// to.
std::string_view attached_index();
/// The same of a constraint, pg_constraint row `k`.
std::string_view attached_constraint();
/// The same where the parent's index is no constraint's.
std::string_view backed_index();

}  // namespace quoin
