// What the value of a field means: one row a role, which is all that the stages know of it.
#pragma once
#include <cstddef>
#include <string_view>

#include "core/model/space.h"

namespace quoin {

/// What the value of a field means to those who parse, resolve, normalise and print it. A List has the role item by
/// item.
enum class Role {
  word,               // a keyword or name without dependencies: btree, always, plain
  text,               // anything: a comment, an enum's label
  type,               // a type name; "integer", "public.mood[]"
  expression,         // SQL expression over the columns of the object's relation
  query,              // a SELECT
  body,               // a routine's body, in its `language`
  column,             // the bare name of a column of the object's own relation
  key,                // an index or exclusion key: "lower(email) text_pattern_ops DESC"
  partition_key,      // what rows are parted by: "range (at, lower(name))"
  member,             // "name type [COLLATE …]": an attribute of a composite type
  argument,           // "[IN|OUT|INOUT|VARIADIC] [name] type [DEFAULT …]"
  relation,           // SQL name of a table, view, sequence: public.users
  bound,              // which rows a partition takes: "from (1) to (10)"
  foreign_column,     // the bare name of a column of the relation that the field before it names
  routine,            // SQL name of a function without arguments: public.touch
  collation,          // SQL name of a collation
  owned_by,           // schema.table.column
  role,               // the bare name of a role
  parameter,          // a storage parameter: "fillfactor=70"; the order in which a list has them does not count
  family_member,      // "OPERATOR 1 app.< (app.x, app.x)": of an operator class or family
  default_privilege,  // "grant select on tables to reader": of ALTER DEFAULT PRIVILEGES
  secret,             // the name of what has a value that is never read or written: a person sets it by hand
};

/// The grammar of a role's text: how parser/names makes a tree of it, finds the names in that, and prints it again.
enum class Syntax { none, type, expression, query, key, partition_key, member, argument };
/// Whose column a role's text names.
enum class ColumnOf { nothing, own_relation, relation_before };

struct RoleRow {
  Role role;
  Syntax syntax = Syntax::none;
  std::string_view space{};  // the name space in which the text is the name of something, as SQL writes it
  ColumnOf column = ColumnOf::nothing;
  std::string_view before{}, after{};  // a statement parses with these around the text where that is well-formed
  bool is_sql = true;                  // false: a word or any text, in which nothing is a comment
  bool is_computed = false;            // the server computes values by it
  bool only_server_tells = false;      // two texts may mean the same though their normal forms differ
  bool is_pair = false;                // a name and what it has: YAML may write a list of them as a map
  bool is_set = false;                 // the order in which a List has them does not count
};

/// In the order of the enumerators.
inline constexpr RoleRow role_rows[] = {
    {.role = Role::word, .is_sql = false},
    {.role = Role::text, .is_sql = false},
    {.role = Role::type, .syntax = Syntax::type},
    {.role = Role::expression, .syntax = Syntax::expression, .is_computed = true, .only_server_tells = true},
    {.role = Role::query, .syntax = Syntax::query, .is_computed = true, .only_server_tells = true},
    {.role = Role::body, .is_computed = true},
    {.role = Role::column, .column = ColumnOf::own_relation},
    {.role = Role::key,
     .syntax = Syntax::key,
     .before = "CREATE INDEX ON t (",
     .after = ")",
     .is_computed = true,
     .only_server_tells = true},
    {.role = Role::partition_key, .syntax = Syntax::partition_key, .before = "CREATE TABLE t () PARTITION BY "},
    {.role = Role::member, .syntax = Syntax::member, .before = "CREATE TYPE t AS (", .after = ")", .is_pair = true},
    {.role = Role::argument,
     .syntax = Syntax::argument,
     .before = "CREATE FUNCTION f(",
     .after = ") RETURNS void LANGUAGE sql AS ''",
     .is_computed = true},
    {.role = Role::relation, .space = space::relation, .before = "DROP TABLE "},
    {.role = Role::bound, .is_sql = false},
    {.role = Role::foreign_column, .column = ColumnOf::relation_before},
    {.role = Role::routine, .space = space::routine, .before = "DROP ROUTINE "},
    {.role = Role::collation, .space = space::collation, .before = "DROP COLLATION "},
    {.role = Role::owned_by, .before = "DROP TABLE "},
    {.role = Role::role, .is_sql = false},
    {.role = Role::parameter, .is_sql = false, .is_pair = true, .is_set = true},
    {.role = Role::family_member, .before = "ALTER OPERATOR FAMILY f USING m ADD "},
    {.role = Role::default_privilege, .before = "ALTER DEFAULT PRIVILEGES "},
    {.role = Role::secret, .is_sql = false},
};
static_assert([] {
  std::size_t at = 0;
  for (const RoleRow& row : role_rows)
    if (static_cast<std::size_t>(row.role) != at++) return false;
  return true;
}());

constexpr const RoleRow& row_of(Role role) { return role_rows[static_cast<std::size_t>(role)]; }
constexpr bool has_syntax(Role role) { return row_of(role).syntax != Syntax::none; }

}  // namespace quoin
