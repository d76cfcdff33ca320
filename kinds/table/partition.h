// Partitions. A partition's columns, and the constraints and indexes that its parent gives it, are objects that follow
// those of the parent (Kind::follows): the parent's statements create, change and drop them. What the partition has of
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

/// True if an object of a partition is like the one that the parent's object `whole` would create there, so that the
/// server takes it for that one instead.
bool could_be_part_of(const Object& whole, const Object&);
/// The name that the server chooses for the object that the parent's object `leader` creates in a partition.
Text name_in_partition(const Object& leader, Id partition, const Schema&);
Text qualified_index(Id);  // of an index, or of a constraint with an index
/// Kind::creates_followers of indexes and of constraints with one: false for one that is its table's alone.
bool brings_parts(const Object&);
/// KindYaml::mistakable of these, and of foreign keys: the partition has another one that could be the part as well.
bool has_a_double(const Object& part, const Schema&);
/// Adds the step that attaches an index, or a constraint with one, to the parent's, after the step that creates it.
void add_attachment(Steps&, const Object&);
/// KindSql::on_rebuild of an index `whole` whose attached part, or anything else that it needs besides columns, is
/// rebuilt or dropped.
Follow follow_part(Id part, const Object& whole, const Users&);
/// Of a `part` that ATTACH PARTITION, by the step `attaching`, is to bring to a table that has an index or constraint
/// of its own like it: the server takes that one over (AttachPartitionEnsureIndexes()), so that it gets the part's
/// name, and is made again where it is to stay.
void leave_own_as_part(const Object& part, const Users&, Step& attaching);
/// Answers for a change of what an index is attached to, or of `only`, and takes these fields from the delta.
Change change_attachment(Delta&, const Users&);
/// KindSql::after_leader of indexes and of constraints with one: the rename to their name, where the server would
/// choose another.
Steps keep_name(const Object&);
/// KindReading::derive of what is inherited: ties the object to those of the parents, and gives the heirs of its own
/// table theirs, where they have none yet.
void derive_inheritance(Object&, Schema&);
/// All that the parents bring to a table, at once. To one that they join later they bring no defaults.
enum class Joins { as_it_is_made, by_attach };
void inherit_all(Id table, Joins, Schema&);
void inherit_columns(Id table, Schema&);  // before those that it has of its own

/// "range (at)" of a PartitionSpec.
Text partition_key_of(ast::Node partition_spec);
/// Makes an existing table a partition of the parent.
void join_parent(Object& table, Id parent, ast::Node partition_bound_spec, Reading&);
/// Marks a table that a foreign key refers to, and its partitions, since the catalogs have a foreign key to each of
/// them.
void mark_as_referred_to(Id table, Schema&);
/// Makes a partition a table by itself, of which all is its own that it had from the parent.
void leave_parent(Object& table, Schema&);
/// KindSql::leave_whole: it is detached.
Steps leave_whole_of_partition(Object& table, Schema&);
/// Readers of ATTACH PARTITION, of tables and of indexes, and DETACH PARTITION.
void read_attach_partition(ast::Node command, Reading&);
void read_detach_partition(ast::Node command, Reading&);

/// The bound as the field has it: "FOR VALUES FROM (…) TO (…)" becomes "from (…) to (…)".
Text bound_of(ast::Node partition_bound_spec);

/// The steps that create a table, as a partition where it is one. `verb` begins the CREATE, `clauses` end it.
Steps create_table(const Object& table, std::string_view verb, std::string_view clauses);
/// KindReading::derive of what may have parents: its bound as the field has it, its need of them.
void derive_partition(Object& table, Schema&);
Text partition_by_clause(const Object& table);
Text attach_sql(const Object& partition);
Text detach_sql(const Object& partition);
/// Of a partition that leaves a table that foreign keys refer to.
Hazard hazard_of_leaving_keys(Id partition);
/// The bounds of a partitioned table, which its partitions take.
Slot bounds_slot(Id partitioned);
/// Those that a partition takes among its parent's (Kind::shared_slots).
Slots bounds_taken(const Object& table);
/// Kind::dropped_with: DROP of a partitioned table drops its partitions.
Id dropped_with_parent_of_partition(const Object& table);
/// Parts of a select list for pg_class row `c`: `partition_of` and `bound`.
std::string_view partition_columns();
/// Freed once the NOT NULL constraints of a partition are called as they are to be: they call those of its own
/// partitions likewise.
Slot once_named(Id table);
Step name_not_nulls(const Object& table);
/// True if the table's not_null_names tell of the column.
bool is_named_apart(const Object& table, std::string_view column);
/// The steps by which the NOT NULL constraints of a table that leaves a parent, or joins one, get the names that they
/// are to have: once it has left, and before it joins (once_named()).
Steps rename_not_nulls(Id table, const Users&);
/// What no server holds of the names that a partition's NOT NULL constraints are given (KindYaml::mistakes).
std::vector<Mistake> mistakes_in_not_null_names(const Object& table, const Schema&);
/// Freed once a partition that is made by itself has been attached: what is said of the parent's parts in it comes
/// after that, since ATTACH takes it back.
Slot once_a_part(Id partition);
/// Part of a select list for pg_class row `c`, after a comma: `not_null_names` and `own_not_nulls`, where the server
/// has names of them.
Text not_null_names_column(int server_version);
/// Calls `visit` with all that lies in an object, at any depth.
template <class Visit>
void each_below(Id id, const Schema& schema, Visit visit) {
  for (const Object* child : schema.children(id)) {
    visit(*child);
    each_below(child->id, schema, visit);
  }
}
/// Has the step run once all is dropped that lies in the parent and is not to stay.
void come_after_what_goes(Id parent, const Users&, Step&);
/// Adds the steps that drop what a table has of a parent that it has left, if it is not to have that; what lies in
/// something that goes too goes with that.
void drop_left_behind(const Object&, const Users&, Steps&);
/// The steps by which a table gets what it has to have before it becomes a parent's; `joining`, which makes it that,
/// comes after them, and brings the rest.
Steps bring_what_joining_asks_for(const Delta&, const Users&, Step& joining);
/// What ATTACH and DETACH do where `partition_of` and `bound` change.
Change change_partition(const Delta&, const Users&);

/// KindCost::of_access: a partition that joins others makes the server look through the default one among them.
std::vector<Hazard> hazards_beside_default(const Delta&, const Users&);

/// Part of a select list: the name of the parent's index that pg_index row `i`, whose pg_class row is `x`, is attached
/// to.
std::string_view attached_index();
/// The same of a constraint, pg_constraint row `k`.
std::string_view attached_constraint();
/// The same where the parent's index is no constraint's.
std::string_view backed_index();

}  // namespace quoin
