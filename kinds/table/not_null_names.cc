// What a partition's NOT NULL constraints are called, where that is not what the parent's are.
#include "core/model/member.h"
#include "core/sql/ast.h"
#include "kinds/list.h"
#include "kinds/table/partition.h"

namespace quoin {
namespace {
constexpr const TableFields& fields = table_fields;
constexpr std::string_view not_valid = " not valid";

/// One of the list, taken apart; an empty column: it cannot be read.
struct NamedNotNull {
  Text column, name;
  bool valid = true;
};

NamedNotNull read_name(const Text& text) {
  const Member member = member_of(text);
  const bool valid = !member.rest.ends_with(not_valid);
  const std::string_view name = member.rest.substr(0, member.rest.size() - (valid ? 0 : not_valid.size()));
  if (name.empty()) return {};
  try {
    const ast::Tree tree = ast::Tree::parse(
        concat("ALTER TABLE t ALTER COLUMN ", member.name, " DROP NOT NULL, ADD CONSTRAINT ", name, " CHECK (true)"));
    const ast::Node commands = tree.statements()[0].node["cmds"];
    if (tree.statements().size() != 1 || commands.size() != 2) return {};
    return {Text(commands.items()[0]["name"].text()), Text(commands.items()[1]["def"]["conname"].text()), valid};
  } catch (const Error& error) {
    if (error.code != Code::input) throw;
    return {};
  }
}

/// Why that cannot be called so; empty: it can.
Text wrong_of(const NamedNotNull& one, Id parent, const Schema& schema) {
  if (one.column.empty()) return "which is not a column and a name";
  const Object* column = schema.find(column_kind, parent, one.column);
  if (!column) return concat("but ", path(parent), " has no column ", quote_ident(one.column));
  const Object* above = schema.find(not_null_kind, column->id, {});
  if (!above) return concat("but ", path(column->id), " may be null");
  const FieldBase& is_not_valid = *not_null_kind.fields.find("not_valid");
  return one.valid || above->has(is_not_valid) ? Text() : concat("but that of ", path(parent), " is valid");
}
}  // namespace

Slot once_named(Id table) { return {"names of not nulls", table, {}, {}}; }
Slot once_a_part(Id partition) { return {"a part", partition, {}, {}}; }

// A NOT NULL keeps its name where it is there before the parent's comes.
Step name_not_nulls(const Object& table) {
  List commands;
  for (const Text& text : table[fields.not_null_names]) {
    const NamedNotNull one = read_name(text);
    const Text column = quote_ident(one.column);
    commands.push_back(concat("ALTER COLUMN ", column, " DROP NOT NULL, ADD CONSTRAINT ", quote_ident(one.name),
                              " NOT NULL ", column, one.valid ? "" : " NOT VALID"));
  }
  return {.sql = alter_table(table.id, join(commands, ", ")), .needs = {table.id}, .frees = {once_named(table.id)}};
}

bool is_named_apart(const Object& table, std::string_view column) {
  return std::ranges::any_of(table[fields.not_null_names],
                             [&](const Text& text) { return unquote_ident(member_of(text).name) == column; });
}

std::vector<Mistake> mistakes_in_not_null_names(const Object& table, const Schema& schema) {
  std::vector<Mistake> all;
  const Id parent = parent_of_partition(table, schema);
  List named;
  for (const Text& text : table[fields.not_null_names]) {
    const NamedNotNull one = read_name(text);
    Text wrong = parent ? wrong_of(one, parent, schema) : Text("but it is no partition");
    if (wrong.empty() && std::ranges::count(named, one.column) > 0) wrong = "and that column has two names";
    named.push_back(one.column);
    if (!wrong.empty())
      all.push_back({concat("not_null_names of ", path(table.id), " says ", quote_literal(text), ", ", wrong),
                     parent ? "say a column that the parent has NOT NULL, and a name, as in: at seen_at_not_null"
                            : "what is no partition says the name at the column's not_null"});
  }
  return all;
}

Text not_null_names_column(int server_version) {
  if (server_version < 180000) return {};
  return R"(,
  case when c.relispartition then (select pg_catalog.array_agg(pg_catalog.format('%I %I', a.attname, k.conname)
      || case when k.convalidated then '' else ' not valid' end order by a.attnum)
    from pg_catalog.pg_constraint k
    join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
    join pg_catalog.pg_inherits h on h.inhrelid = k.conrelid
    join pg_catalog.pg_attribute pa on pa.attrelid = h.inhparent and pa.attname = a.attname
    join pg_catalog.pg_constraint pk on pk.conrelid = h.inhparent and pk.contype = 'n' and pk.conkey[1] = pa.attnum
    where k.conrelid = c.oid and k.contype = 'n'
      and k.conname <> pk.conname) end as not_null_names,
  case when c.relispartition then (select pg_catalog.array_agg(a.attname::text order by a.attnum)
    from pg_catalog.pg_constraint k
    join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
    where k.conrelid = c.oid and k.contype = 'n' and k.conislocal and k.coninhcount > 0) end as own_not_nulls)";
}

}  // namespace quoin
