// Everything quoin knows about views.
#include "core/model/member.h"
#include "core/model/reading.h"
#include "kinds/access/carried.h"
#include "kinds/constraint/constraint.h"
#include "kinds/list.h"
#include "kinds/table/table_fields.h"
#include "kinds/view/query.h"

namespace quoin {
namespace {
constexpr struct : FieldTable {
  Field<Text> query{*this, "query", "what it shows", {.role = Role::query, .presence = Presence::filled}};
  Field<List> columns{
      *this, "columns", "its columns with their types", {.role = Role::member, .counts = Counts::derived}};
  Field<bool> security_barrier{*this,
                               "security_barrier",
                               "conditions of its users come after its own",
                               {.access = "which rows functions of its users see"}};
  Field<bool> security_invoker{
      *this, "security_invoker", "privileges are its user's, not its owner's", {.access = "whose privileges count"}};
  Field<Text> check_option{*this,
                           "check_option",
                           "local or cascaded: rows written through it must be seen by it",
                           {.words = "local|cascaded"}};
  Field<List> said_off{*this,
                       "said_off",
                       "options that are said to be off, as they are where nothing is said",
                       {.counts = Counts::in_any_order, .words = "security_barrier|security_invoker"}};
} fields;

List options(const Object& view) {
  List all;
  if (view[fields.security_barrier]) all.push_back("security_barrier=true");
  if (view[fields.security_invoker]) all.push_back("security_invoker=true");
  for (const Text& option : view[fields.said_off]) all.push_back(option + "=false");
  if (view.has(fields.check_option)) all.push_back(concat("check_option=", view[fields.check_option]));
  return all;
}

Text definition(const Object& view, std::string_view verb) {
  const List with = options(view);
  return concat(verb, " VIEW ", qualified(view.id), with.empty() ? "" : concat(" WITH (", join(with, ", "), ")"),
                " AS\n", view[fields.query]);
}
Steps create(const Object& view) { return only(making(view, definition(view, "CREATE"))); }

// The server replaces a view as long as the columns that it has stay what they are.
bool keeps_columns(const Object& from, const Object& to) {
  const auto before = from[fields.columns], after = to[fields.columns];
  if (before.empty() || before.size() > after.size()) return false;
  if (std::ranges::equal(before, after.subspan(0, before.size())))
    if (std::ranges::none_of(before, [](const Text& column) { return member_of(column).rest.empty(); })) return true;
  // Read without a server, not all of them have types.
  for (std::size_t i = 0; i < before.size(); ++i) {
    const Member old = member_of(before[i]), now = member_of(after[i]);
    if (old.name != now.name || (!old.rest.empty() && !now.rest.empty() && old.rest != now.rest)) return false;
  }
  return keeps_types(from[fields.query], to[fields.query], before.size());
}

// A column may be the whole row of a table, whose place another one takes.
bool shows_row_of_another(const Object& from, const Object& to) {
  return std::ranges::any_of(to.needs, [&](Id used) {
    return used->kind->has(holds_rows) && !std::ranges::count(from.needs, used) &&
           std::ranges::any_of(from[fields.columns], [&](const Text& column) {
             const std::string_view type = member_of(column).rest;
             return type == qualified(used) || type == concat(qualified(used), "[]");
           });
  });
}

Change change(const Delta& delta, const Users&) {
  if (!delta.touches(fields.query)) {
    const List with = options(*delta.to);
    List reset;
    for (const Text& option : options(*delta.from)) reset.push_back(option.substr(0, option.find('=')));
    Steps steps;
    if (!reset.empty())
      steps.push_back(in_place(delta, concat("ALTER VIEW ", qualified(delta.id), " RESET (", join(reset, ", "), ")")));
    if (!with.empty())
      steps.push_back(in_place(delta, concat("ALTER VIEW ", qualified(delta.id), " SET (", join(with, ", "), ")")));
    return steps;
  }
  if (!keeps_columns(*delta.from, *delta.to) || shows_row_of_another(*delta.from, *delta.to))
    return Cannot{concat("columns of ", path(delta.id), " change")};
  return Steps{in_place(delta, definition(*delta.to, "CREATE OR REPLACE"))};
}

Text option(std::string_view name) {
  return concat("(select o.option_value from pg_catalog.pg_options_to_table(c.reloptions) o where o.option_name = '",
                name, "')");
}

Text catalog(int) {
  return concat(
      R"(
select 1259 as class, c.oid as oid, 0 as sub, 2615 as parent_class, c.relnamespace as parent_oid, 0 as parent_sub,
  c.relname as name, pg_catalog.btrim(pg_catalog.pg_get_viewdef(c.oid), ' ;') as query,
  )",
      option("security_barrier"), "::bool as security_barrier,\n  ", option("security_invoker"),
      "::bool as security_invoker,\n  ", option("check_option"), R"( as check_option,
  (select pg_catalog.array_agg(o.option_name order by o.option_name)
    from pg_catalog.pg_options_to_table(c.reloptions) o
    where o.option_name in ('security_barrier', 'security_invoker')
      and not o.option_value::pg_catalog.bool) as said_off)",
      query_columns(), owner_column({"VIEW", "pg_catalog.format('%I.%I', n.nspname, c.relname)", "c.relowner"}),
      query_from("v"));
}

enum class Put { set, reset };

void put_switch(Object& view, const Field<bool>& field, ast::Node item, Put put) {
  const bool is_set = put == Put::set, is_on = is_set && option_is_on(item["arg"]);
  List off(view[fields.said_off].begin(), view[fields.said_off].end());
  std::erase(off, field.name);
  if (is_set && !is_on) off.emplace_back(field.name);
  view.put(field, is_on);
  view.put(fields.said_off, std::move(off));
}

void put_option(Object& view, ast::Node item, Put put) {
  const std::string_view option = item["defname"].text();
  for (const auto* field : {&fields.security_barrier, &fields.security_invoker})
    if (option == field->name) put_switch(view, *field, item, put);
  if (option == "check_option")
    view.put(fields.check_option, put == Put::set ? lower(option_text(item["arg"])) : Text());
}

void read_create(ast::Node statement, Reading& reading) {
  const ast::Node name = statement["view"];
  const Id schema = reading.creation_schema(name);
  if (!schema) return;
  const Existing existing = statement["replace"].flag() ? Existing::replace : Existing::error;
  Object* view = reading.make(view_kind, schema, Text(name["relname"].text()), existing);
  if (!view) return;
  view->put(fields.query, query_text(statement["query"], statement["aliases"].texts(), reading));
  for (ast::Node item : statement["options"]) put_option(*view, item, Put::set);
  const std::string_view check = statement["withCheckOption"].text();
  if (check == "LOCAL_CHECK_OPTION") view->put(fields.check_option, "local");
  if (check == "CASCADED_CHECK_OPTION") view->put(fields.check_option, "cascaded");
}

void read_options(ast::Node command, Reading& reading) {
  Object* view = reading.change(reading.subject());
  if (!view) return;
  const Put put = command["subtype"].text() == "AT_SetRelOptions" ? Put::set : Put::reset;
  for (ast::Node item : command["def"]) put_option(*view, item, put);
}

constexpr StatementReader readers[] = {{"ViewStmt", "", read_create},
                                       {"AlterTableCmd", "AT_SetRelOptions", read_options},
                                       {"AlterTableCmd", "AT_ResetRelOptions", read_options}};
void derive(Object& view, Schema&) { view.put(fields.query, settled_query(view[fields.query])); }

constexpr std::string_view parents[] = {"schema"};
}  // namespace

constexpr Kind view_kind{.name = "view",
                         .key = "views",
                         .weight = 180,
                         .fields = fields,
                         .traits = replaceable | has_section | has_owner,
                         .noun = "VIEW",
                         .object_type = "OBJECT_VIEW",
                         .space = space::relation,
                         .parents = parents,
                         .rights = &table_rights,
                         .slots = row_type_slots,
                         .sql = {.create = create, .change = change, .put_back = of_kept_members},
                         .reading = {.catalog = catalog, .readers = readers, .derive = derive}};
}  // namespace quoin
