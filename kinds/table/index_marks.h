// What an index may be to its table besides: the one that CLUSTER goes by, the one that tells old rows apart in
// replication. A table has at most one of each.
#pragma once
#include "kinds/constraint/constraint.h"

namespace quoin {

/// The fields of a kind whose objects have an index.
struct IndexMarks {
  const Field<bool>& clustered;
  const Field<bool>* replica_identity;  // null: indexes of the kind cannot
};

/// The statements that mark a new index, to stand after the step that makes it.
void add_marks(Steps&, const Object&, const IndexMarks&);
/// Of an index that may be a part of one of the parent's, or its table's alone.
Change change_attached(Delta, const IndexMarks&, const Users&);
/// Cannot, where more than the marks changes.
Change change_marks(const Delta&, const IndexMarks&);
/// The table says too that an index tells its rows apart.
void derive_marks(const Object&, Schema&, const IndexMarks&);

bool is_replica_identity(const Object&);  // of any kind
/// A copy for another table (see KindReading::like), to which it is nothing besides. Null: there is none.
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
