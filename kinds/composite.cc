// Everything quoin knows about composite types.
#include "base/print.h"
#include "kinds/carried.h"
#include "kinds/list.h"
#include "kinds/member.h"
#include "kinds/reading.h"

namespace quoin {
namespace {
constexpr struct : FieldTable {
  Field<List> members{*this, "composite", "its attributes with their types, in order", {.role = Role::member}};
} fields;

Text definition(const Object& type) {
  return concat("CREATE TYPE ", qualified(type.id), " AS (", join(type[fields.members], ", "), ")");
}
Steps create(const Object& type) { return only(making(type, definition(type))); }

const Text* member_named(std::span<const Text> members, std::string_view name) {
  for (const Text& member : members)
    if (member_of(member).name == name) return &member;
  return nullptr;
}

Steps rewrite(const Delta& delta) {
  const Text aside = object_name(delta.id->name, "", "old");
  const Slots names = row_type_slots(*delta.to);
  Step renamed{.sql = concat("ALTER TYPE ", qualified(delta.id), " RENAME TO ", quote_ident(aside)), .frees = names};
  Step gone{.sql = concat("DROP TYPE ", quote_qualified(schema_of(delta.id)->name, aside)), .drops = {delta.id}};
  gone.releases = delta.from->needs;
  gone.hazards.push_back({"rewrite", concat("every table with a column of ", path(delta.id), " is rewritten")});
  return {renamed, making(*delta.to, definition(*delta.to)), gone};
}

/// The actions of ALTER TYPE, where what stays keeps its order and what is new comes last.
std::optional<List> actions(const Delta& delta) {
  const auto before = (*delta.from)[fields.members], after = (*delta.to)[fields.members];
  List all;
  std::vector<std::string_view> order;
  for (const Text& old : before) {
    const Member member = member_of(old);
    const Text* now = member_named(after, member.name);
    if (!now) all.push_back(concat("DROP ATTRIBUTE ", member.name));
    if (now) order.push_back(member.name);
    if (now && *now != old) all.push_back(concat("ALTER ATTRIBUTE ", member.name, " TYPE ", member_of(*now).rest));
  }
  for (const Text& now : after) {
    const std::string_view name = member_of(now).name;
    if (member_named(before, name)) continue;
    all.push_back(concat("ADD ATTRIBUTE ", now));
    order.push_back(name);
  }
  const auto name_of = [](const Text& member) { return member_of(member).name; };
  if (!std::ranges::equal(order, after, {}, {}, name_of)) return std::nullopt;
  return all;
}

// A type that a table stores lets attributes come and go, but none change its type.
Change change(const Delta& delta, const Users& users) {
  const std::optional<List> alter = actions(delta);
  const auto retypes = [](const Text& action) { return action.starts_with("ALTER"); };
  const bool stored = std::ranges::any_of(users, [](const Object* user) { return user->id->kind == &column_kind; });
  if (!alter || (stored && std::ranges::any_of(*alter, retypes))) return rewrite(delta);
  Step step = in_place(delta, concat("ALTER TYPE ", qualified(delta.id), " ", join(*alter, ", ")));
  if (std::ranges::any_of(*alter, [](const Text& action) { return action.starts_with("DROP"); }))
    step.hazards.push_back({"data-loss", concat("what the dropped attributes of ", path(delta.id), " hold is lost")});
  return Steps{step};
}

Follow follow(const Object& type, const Object&) {
  return rewrite({.id = type.id, .changed = {}, .from = &type, .to = &type});
}

Text catalog(int) {
  return concat(
      R"(
select 1247 as class, t.oid as oid, 0 as sub, 2615 as parent_class, t.typnamespace as parent_oid, 0 as parent_sub,
  t.typname as name, array['1247:' || t.typarray || ':0', '1259:' || t.typrelid || ':0'] as also,
  (select pg_catalog.array_agg(pg_catalog.format('%I %s%s', a.attname,
     pg_catalog.format_type(a.atttypid, a.atttypmod), case when a.attcollation <> b.typcollation
     then (select ' COLLATE ' || case cn.nspname when 'pg_catalog' then ''
       else pg_catalog.quote_ident(cn.nspname) || '.' end || pg_catalog.quote_ident(co.collname) from pg_catalog.pg_collation co
       join pg_catalog.pg_namespace cn on cn.oid = co.collnamespace where co.oid = a.attcollation) end)
     order by a.attnum) from pg_catalog.pg_attribute a join pg_catalog.pg_type b on b.oid = a.atttypid
   where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped) as composite,
  (select pg_catalog.string_agg(pg_catalog.format('COMMENT ON COLUMN %I.%I.%I IS %L', n.nspname, t.typname, a.attname,
     d.description), ';' || chr(10) order by a.attnum) from pg_catalog.pg_description d
   join pg_catalog.pg_attribute a on a.attrelid = d.objoid and a.attnum = d.objsubid
   where d.classoid = 1259 and d.objoid = t.typrelid and d.objsubid > 0) as "~comments on columns")",
      owner_column({"TYPE", "pg_catalog.format('%I.%I', n.nspname, t.typname)", "t.typowner"}),
      R"(
from pg_catalog.pg_type t join pg_catalog.pg_namespace n on n.oid = t.typnamespace
join pg_catalog.pg_class c on c.oid = t.typrelid
where t.typtype = 'c' and c.relkind = 'c')");
}

Text member_text(std::string_view name, ast::Node definition, Reading& reading) {
  Text member = concat(quote_ident(name), " ", reading.type(definition["typeName"]));
  const ast::Node collation = definition["collClause"];
  return collation ? concat(member, " COLLATE ", ast::print_name(collation["collname"])) : member;
}

void read_create(ast::Node statement, Reading& reading) {
  const ast::Node name = statement["typevar"];
  const Id schema = reading.creation_schema(name);
  Object* type = schema ? reading.make(composite_kind, schema, Text(name["relname"].text())) : nullptr;
  if (!type) return;
  List members;
  for (ast::Node definition : statement["coldeflist"])
    members.push_back(member_text(definition["colname"].text(), definition, reading));
  type->put(fields.members, std::move(members));
}

void read_attribute(ast::Node command, Reading& reading) {
  const Id id = reading.subject();
  Object* type = id && id->kind == &composite_kind ? reading.change(id) : nullptr;
  if (!type) return;
  const std::string_view what = command["subtype"].text();
  const ast::Node definition = command["def"];
  const std::string_view bare = what == "AT_AddColumn" ? definition["colname"].text() : command["name"].text();
  const Text name = quote_ident(bare);
  const auto old = (*type)[fields.members];
  List members(old.begin(), old.end());
  const auto at = std::ranges::find_if(members, [&](const Text& member) { return member_of(member).name == name; });
  if (what == "AT_AddColumn")
    members.push_back(member_text(bare, definition, reading));
  else if (at == members.end())
    return command["missing_ok"].flag() ? void() : reading.unknown(id, concat(path(id), " has no attribute ", name));
  else if (what == "AT_DropColumn")
    members.erase(at);
  else
    *at = member_text(bare, definition, reading);
  type->put(fields.members, std::move(members));
}

constexpr Reader readers[] = {{"CompositeTypeStmt", "", read_create},
                              {"AlterTableCmd", "AT_AddColumn", read_attribute},
                              {"AlterTableCmd", "AT_DropColumn", read_attribute},
                              {"AlterTableCmd", "AT_AlterColumnType", read_attribute}};
constexpr std::string_view parents[] = {"schema"};
}  // namespace

constexpr Kind composite_kind{.name = "composite type",
                              .key = "types",
                              .weight = 50,
                              .fields = fields,
                              .traits = has_section,
                              .noun = "TYPE",
                              .object_type = "OBJECT_TYPE",
                              .parents = parents,
                              .slots = row_type_slots,
                              .create = create,
                              .change = change,
                              .follow = follow,
                              .catalog = catalog,
                              .readers = readers};
}  // namespace quoin
