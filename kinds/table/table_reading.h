// What the AST readers of tables, columns, constraints and indexes share.
#pragma once
#include <functional>

#include "kinds/constraint/constraint.h"

namespace quoin {

/// The table that a statement or constraint stands under, by itself or by its column. Null where it is something else
/// (a view, a type), which is noted as unknown.
Id table_under(Reading&);
/// The column that an AlterTableCmd names; null (and reported) where it is not there.
Id column_of(ast::Node command, Reading&);
/// The name that a constraint gives, else the one the server would: {table}_{parts}_{label}.
Text constraint_name(ast::Node constraint, Reading&, const List& parts, std::string_view label);
/// The same for an index, and for a constraint with an index.
struct IndexName {
  Id relation;
  List parts;              // columns
  std::string_view label;  // "idx", "key", "pkey", "excl"
};
Text index_name(std::string_view given, const IndexName& otherwise, Reading&);
/// The columns a constraint lists in `field`, or the one that it stands in.
List constrained_columns(ast::Node constraint, std::string_view field, Reading&);
/// Storage parameters: "fillfactor=70", "toast.autovacuum_enabled=false".
List parameters(ast::Node def_elems);
/// The parameters after SET or RESET of an AlterTableCmd.
List parameters_after(std::span<const Text> before, ast::Node command);
/// What the server calls the columns of an index after their keys, expressions and included ones too.
List index_column_names(const std::vector<ast::Node>& elements);
/// Adds one more, numbered where an earlier one is called so.
void add_index_column(List& names, const Text& name);
/// The items of both lists.
std::vector<ast::Node> together(ast::Node first, ast::Node second);
/// The names of those IndexElems that are columns.
List bare_names(ast::Node index_elems);
/// Reads PRIMARY KEY or UNIQUE into a new object.
void read_key(ast::Node constraint, Reading&, const Kind&, std::string_view label);
/// The table that a statement creates under this name, null where it creates none. `storage`: the node that has access
/// method, options and tablespace.
Object* make_table(ast::Node statement, ast::Node name, ast::Node storage, Reading&);
/// Reads a CreateStmt into the table that `make` gives, null where it makes none: its parent, columns, constraints.
void read_new_table(ast::Node create_stmt, const std::function<Object*()>& make, Reading&);
/// Reads a TableLikeClause of the table at hand.
void read_table_like(ast::Node clause, Reading&);
void read_table_as(ast::Node create_table_as_or_select_into, Reading&);
/// Adds NOT NULL to a column where it has none yet.
void make_not_null(Id column, Reading&);

/// The readers of column.cc, of keys' indexes, of table.cc's ALTER TABLE.
extern const StatementReader column_readers[11];
extern const StatementReader table_readers[29];

/// True if the server keeps no default of this: NULL that needs no coercion to the type (AddRelationNewConstraints(),
/// DefineDomain()), as it does for one with modifiers or for a domain.
bool is_no_default(ast::Node expression, std::string_view type, const Schema&);

}  // namespace quoin
