// The two marks that an index can have for its table: CLUSTER sorts by it (clustered), or it tells old rows apart in
// replication (replica identity). A table has at most one of each.
#pragma once
#include "kinds/constraint/constraint.h"

namespace quoin {

/// The fields of a kind whose objects have an index.
struct IndexMarks {
  const Field<bool>& clustered;
  const Field<bool>* replica_identity;  // null: indexes of the kind cannot be one
};

/// The statements that mark a new index, to stand after the step that makes it.
void add_marks(Steps&, const Object&, const IndexMarks&);
/// The same of an index of any kind, as a part of its parent's brings none.
void add_marks_of_part(Steps&, const Object&);
/// KindSql::change of an index that may be attached to an index of the partitioned table, or be its table's alone.
Change change_attached(Delta, const IndexMarks&, const Users&);
/// KindSql::refuses: the index of a partitioned table keeps its storage parameters (ATSimplePermissions in
/// tablecmds.c).
bool refuses_of_index(const Delta&, const FieldBase&, const Users&);
/// The steps for a change of marks; Cannot, where more changes than these.
Change change_marks(const Delta&, const IndexMarks&);
/// Writes into the table that an index is its replica identity.
void derive_marks(const Object&, Schema&, const IndexMarks&);

bool is_replica_identity(const Object&);  // of any kind
/// Takes the marks from a copy for another table (see KindReading::like). Null stays null.
Object* without_marks(Object* copy);
/// KindReading::like of primary keys and unique constraints.
Object* like_key(const Object&, Id table, const Like&);

/// Part of a select list: the marks of pg_index row `i`, by the names of their fields.
std::string_view marks_catalog();
/// Readers of CLUSTER … USING, and of ALTER TABLE … CLUSTER ON, SET WITHOUT CLUSTER, REPLICA IDENTITY.
void read_cluster(ast::Node statement, Reading&);
void read_cluster_on(ast::Node command, Reading&);
void read_without_cluster(ast::Node command, Reading&);
void read_replica_identity(ast::Node command, Reading&);

}  // namespace quoin
