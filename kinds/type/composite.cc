// Everything quoin knows about composite types.
#include "core/model/member.h"
#include "core/model/reading.h"
#include "core/sql/print.h"
#include "kinds/access/carried.h"
#include "kinds/column/column.h"
#include "kinds/database/column_comment.h"
#include "kinds/list.h"
#include "kinds/table/typed.h"
#include "kinds/type/type_use.h"

namespace quoin {
namespace {
constexpr struct : FieldTable {
  Field<List> members{*this,
                      "composite",
                      "its attributes with their types, in order",
                      {.role = Role::member, .presence = Presence::given}};
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

// An attribute of the new type, out of an old value. A function's result is assigned to what it returns, so that a text
// that is too long fails; an explicit cast, which servers before 13 need between other types, would cut it.
Text carried_attribute(std::string_view now, const Delta& delta, const Users& users) {
  const Text* old = member_named((*delta.from)[fields.members], member_of(now).name);
  const std::string_view type = type_of_member(now);
  if (!old) return concat("NULL::", type);
  const Typed before{type_of_member(*old), *delta.from, users.from}, after{type, *delta.to, users.to};
  Text cast = conversion(before, after);
  const Text base = base_type(after);
  if (cast.empty() && before.type != type && !base.starts_with("character") && !base.starts_with("bit"))
    cast = concat("::", type);
  return concat("($1).", member_of(now).name, cast);
}

// A text of a value has no names, so attributes are carried by a cast, which the server applies within arrays, domains
// and other composite types too. Strict: where there is no value there is none, unlike one whose attributes are null.
Bridge bridge(const Delta& delta, const Users& users) {
  if (users.storing(delta.id).empty()) return {};
  List values;
  for (const Text& member : (*delta.to)[fields.members]) values.push_back(carried_attribute(member, delta, users));
  const Text old = quote_qualified(schema_of(delta.id)->name, users.aside(delta.id)), now = qualified(delta.id);
  const Text function = concat("pg_temp.carried(", old, ")"), cast = concat("CAST (", old, " AS ", now, ")");
  Bridge bridge{.removed = concat("DROP ", cast, ";\nDROP FUNCTION ", function, ";\n")};
  for (const Text& sql : {concat("CREATE FUNCTION ", function, " RETURNS ", now, " LANGUAGE sql STRICT AS ",
                                 dollar_quote(concat("SELECT ", join(values, ", ")))),
                          concat("CREATE ", cast, " WITH FUNCTION ", function)})
    bridge.steps.push_back({.sql = sql, .makes = {delta.id}, .needs = delta.to->needs});
  return bridge;
}

std::vector<Hazard> hazards_of_move(const Delta& delta, const Users& users) {
  std::vector<Hazard> all;
  List dropped;
  for (const Text& old : (*delta.from)[fields.members]) {
    const Member member = member_of(old);
    const Text* now = member_named((*delta.to)[fields.members], member.name);
    if (!now) dropped.emplace_back(member.name);
    if (!now || *now == old) continue;
    const Text subject = concat("attribute ", member.name, " of ", path(delta.id));
    const Typed before{type_of_member(old), *delta.from, users.from}, after{type_of_member(*now), *delta.to, users.to};
    for (Hazard& hazard : conversion_hazards(subject, before, after))
      if (hazard.rule != "rewrite") all.push_back(std::move(hazard));
  }
  if (!dropped.empty())
    all.push_back({"data-loss", concat("what ", join(dropped, ", "), " of ", path(delta.id), " holds is lost")});
  return all;
}

Steps rewrite(const Delta& delta, const Users& users) {
  return swapped(delta, users, making(*delta.to, definition(*delta.to)), bridge(delta, users));
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

bool starts_one(const List& actions, std::string_view verb) {
  return std::ranges::any_of(actions, [&](const Text& action) { return action.starts_with(verb); });
}

// A type that is stored lets attributes come and go, but none change its type. What reads into it leaves meanwhile:
// all that does where one changes its type, and where one goes what comes to be another.
Change change(const Delta& delta, const Users& users) {
  const std::optional<List> all = actions(delta);
  const bool retypes = all && starts_one(*all, "ALTER");
  if (!all || (retypes && !users.storing(delta.id).empty())) return rewrite(delta, users);
  const Text sql = concat("ALTER TYPE ", qualified(delta.id), " ", join(*all, ", "));
  const bool typed = has_tables(delta.id, users);  // these are not of it meanwhile
  if (!retypes && !typed && !starts_one(*all, "DROP")) return only(in_place(delta, sql));
  Step step = rebuilding(delta, sql);
  step.spares_unchanged = !retypes && !typed;
  if (!users.storing(delta.id).empty()) step.hazards = hazards_of_move(delta, users);
  return only(std::move(step));
}

Text rename_attribute(Object& type, std::string_view old_name, std::string_view new_name) {
  const Text old = quote_ident(old_name), now = quote_ident(new_name);
  const auto items = type[fields.members];
  List members(items.begin(), items.end());
  const auto found = std::ranges::find_if(members, [&](const Text& member) { return member_of(member).name == old; });
  if (found == members.end() || member_named(items, now)) return {};
  *found = concat(now, found->substr(old.size()));
  type.put(fields.members, std::move(members));
  return concat("ALTER TYPE ", qualified(type.id), " RENAME ATTRIBUTE ", old, " TO ", now);
}

Follow on_rebuild(const Delta& type, const Rebuilt& rebuilt, const Users& users) {
  if (rebuilt.manner == Rebuilt::Manner::in_place) return Unaffected{};
  return rewrite(type, users);
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
   where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped) as composite)",
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

// CASCADE, without which the server refuses it where there are any.
void follow_in_tables(Id type, ast::Node command, Reading& reading) {
  for (const Id user : reading.schema().users(type)) {
    if (user->kind != &table_kind || type_of_table(*reading.schema().find(user), reading.schema()) != type) continue;
    if (command["subtype"].text() == "AT_DropColumn") {
      const Id column = reading.schema().ids().find(column_kind, user, Text(command["name"].text()));
      if (column && reading.schema().find(column)) reading.drop(column, command["behavior"]);
    } else if (Object* table = reading.change(user)) {
      add_typed_columns(*table, reading.schema());
    }
  }
}

void say_missing(Id type, std::string_view attribute, Reading& reading) {
  reading.change(reading.schema().ids().of(column_kind, type, Text(attribute)));
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
    return command["missing_ok"].flag() ? void() : say_missing(id, bare, reading);
  else if (what == "AT_DropColumn") {
    members.erase(at);
    forget_column_comment(id, Text(bare), reading);
  } else
    *at = member_text(bare, definition, reading);
  type->put(fields.members, std::move(members));
  follow_in_tables(id, command, reading);
}

constexpr StatementReader readers[] = {{"CompositeTypeStmt", "", read_create},
                                       {"AlterTableCmd", "AT_AddColumn", read_attribute},
                                       {"AlterTableCmd", "AT_DropColumn", read_attribute},
                                       {"AlterTableCmd", "AT_AlterColumnType", read_attribute}};
constexpr std::string_view parents[] = {"schema"};
}  // namespace

constexpr Kind composite_kind{.name = "composite type",
                              .key = "types",
                              .weight = 50,
                              .fields = fields,
                              .traits = has_section | has_owner,
                              .noun = "TYPE",
                              .object_type = "OBJECT_TYPE",
                              .space = space::type,
                              .parents = parents,
                              .rights = &type_rights,
                              .slots = row_type_slots,
                              .sql = {.create = create,
                                      .change = change,
                                      .on_rebuild = on_rebuild,
                                      .rename_part = rename_attribute,
                                      .put_back = of_kept_members},
                              .cost = {.of_move = hazards_of_move},
                              .reading = {.catalog = catalog, .readers = readers}};
}  // namespace quoin
