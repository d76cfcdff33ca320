// Everything quoin knows about defaults of a view's columns: what a row gets that is inserted through the view and says
// nothing of the column.
#include "kinds/view/column_default.h"
#include "kinds/list.h"

namespace quoin {
namespace {
Text set_expression(const Object& from, const Object& to);

constexpr struct : FieldTable {
  Field<Text> expression{*this,
                         "expression",
                         "what a row gets through the view that says nothing of the column",
                         {.role = Role::expression, .alter = set_expression, .presence = Presence::filled}};
} fields;

Text alter_column_of_view(Id column, std::string_view action) {
  return concat("ALTER VIEW ", qualified(column->parent), " ALTER COLUMN ", quote_ident(column->name), " ", action);
}
Text set_expression(const Object&, const Object& to) {
  return alter_column_of_view(to.id, concat("SET DEFAULT ", to[fields.expression]));
}

Steps create(const Object& o) { return only(making(o, set_expression(o, o))); }
Steps drop(const Object& o) { return only(dropping(o, alter_column_of_view(o.id, "DROP DEFAULT"))); }

// CREATE OR REPLACE VIEW keeps it.
Follow on_rebuild(const Delta& value, const Rebuilt& rebuilt, const Users&) {
  const bool stays = rebuilt.object.id == value.id->parent && rebuilt.manner == Rebuilt::Manner::in_place;
  return stays ? Follow(Unaffected{}) : Follow(Replaced{});
}

Text catalog(int) {
  return R"(
select 2604 as class, d.oid as oid, 0 as sub, 1259 as parent_class, c.oid as parent_oid, 0 as parent_sub,
  a.attname as name, pg_catalog.pg_get_expr(d.adbin, 0) as expression
from pg_catalog.pg_class c
join pg_catalog.pg_attrdef d on d.adrelid = c.oid
join pg_catalog.pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
where c.relkind = 'v' and c.oid >= 16384)";
}

constexpr std::string_view parents[] = {"view"};
}  // namespace

void read_column_default_of_view(ast::Node command, Reading& reading) {
  const Id view = reading.subject();
  const Text name(command["name"].text());
  const Id id = reading.schema().ids().of(column_default_kind, view, name);
  const bool is_there = reading.schema().find(id) != nullptr;
  if (!command.has("def")) {
    if (is_there) reading.drop(id, {});
    return;
  }
  Object* value = is_there ? reading.change(id) : reading.make(column_default_kind, view, name);
  if (value) value->put(fields.expression, reading.printed(command["def"]));
}

constexpr Kind column_default_kind{.name = "column default",
                                   .key = "column_defaults",
                                   .weight = 185,
                                   .fields = fields,
                                   .traits = replaceable | dropped_with_parent | names_part | sees_no_columns,
                                   .addressed = &by_parent,
                                   .parents = parents,
                                   .sql = {.create = create, .drop = drop, .on_rebuild = on_rebuild},
                                   .reading = {.catalog = catalog}};
}  // namespace quoin
