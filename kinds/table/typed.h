// Typed tables: CREATE TABLE … OF a composite type, whose attributes are the table's columns. Creating the table
// creates these; all else that happens to them happens as to any columns, while the table is NOT OF the type.
#pragma once
#include "kinds/table/table_fields.h"

namespace quoin {

/// The composite type that a table is of; null for others.
Id type_of_table(const Object& table, const Schema&);
/// True if the type has tables in `from`.
bool has_tables(Id type, const Users&);

/// Kind::follows of a column: one that its table's type gives follows the table, others what they are inherited from.
Id column_leader(const Object& column);
/// KindReading::derive of a column: whether its table's type gives it.
void derive_typed_column(Object& column, const Schema&);
/// The columns that a table has of its type, where it has not got them yet.
void add_typed_columns(Object& table, Schema&);

/// " OF app.pair" or "".
Text of_clause(const Object& table);
/// What NOT OF and OF do where the type that the table is of changes.
Change change_type_of_table(const Delta&, const Users&);
/// KindSql::on_rebuild of a table: it leaves its type while that changes.
Follow follow_type_of_table(const Delta&, const Rebuilt&, const Users&);
/// Readers of ALTER TABLE OF and NOT OF.
void read_of(ast::Node command, Reading&);
void read_not_of(ast::Node command, Reading&);

}  // namespace quoin
