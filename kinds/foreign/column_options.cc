// Everything quoin knows about the options of a foreign table's columns: an object of their own, since a partition has
// its columns from another table, and these not.
#include "kinds/constraint/constraint.h"
#include "kinds/foreign/options.h"

namespace quoin {
namespace {
Text set_options(const Object& from, const Object& to);

constexpr struct : FieldTable {
  Field<List> options{*this,
                      "options",
                      "name=value, for the server's wrapper; secrets are left out",
                      {.role = Role::parameter, .alter = set_options}};
  Field<List> secrets{*this,
                      "secrets",
                      "options whose values are secret: set by hand, neither compared nor written",
                      {.role = Role::secret, .counts = Counts::once}};
} fields;

Text alter(Id column, const Text& action) {
  return concat("ALTER FOREIGN TABLE ", qualified(column->parent), " ALTER COLUMN ", quote_ident(column->name), action);
}
Text set_options(const Object& from, const Object& to) {
  return alter(to.id->parent, options_change(from[fields.options], to[fields.options]));
}

// Those that are secret may be all there are.
Steps create(const Object& o) {
  if (!o.has(fields.options)) return {};
  Step step = making(o, alter(o.id->parent, options_change({}, o[fields.options])));
  step.hazards = hazards_of_secrets(o[fields.secrets], o.id->parent);
  return only(std::move(step));
}
Steps drop(const Object& o) {
  if (!o.has(fields.options)) return {};
  return only(dropping(o, alter(o.id->parent, options_change(o[fields.options], {}))));
}
Follow on_rebuild(const Delta&, const Rebuilt&, const Users&) { return Unaffected{}; }

void derive(Object& o, Schema&) { set_secrets_aside(o, fields.options, fields.secrets); }

Text catalog(int) {
  return concat(R"(
select 0 as class, 0 as oid, 0 as sub, 1259 as parent_class, a.attrelid as parent_oid, a.attnum as parent_sub,
  '' as name, )",
                options_column("a.attfdwoptions"), " as options, ", secrets_column("a.attfdwoptions"), R"( as secrets
from pg_catalog.pg_attribute a where a.attfdwoptions is not null and not a.attisdropped)");
}

void read_alter(ast::Node command, Reading& reading) {
  const Id table = reading.subject();
  const Id column = reading.schema().ids().of(column_kind, table, Text(command["name"].text()));
  if (reading.change(column)) read_column_options(column, command["def"], reading);
}

constexpr StatementReader readers[] = {{"AlterTableCmd", "AT_AlterColumnGenericOptions", read_alter}};
constexpr std::string_view parents[] = {"column"};
}  // namespace

void read_column_options(Id column, ast::Node list, Reading& reading) {
  const Id id = reading.schema().ids().of(column_options_kind, column, {});
  if (list.size() == 0) return;
  Object* o = reading.schema().find(id) ? reading.change(id) : reading.make(column_options_kind, column, "");
  if (!o) return;
  o->put(fields.options, changed_options((*o)[fields.options], list));
  o->put(fields.secrets, secrets_of((*o)[fields.secrets], list));
  if (!o->has(fields.options) && !o->has(fields.secrets)) reading.drop(id, {});
}

constexpr Kind column_options_kind{.name = "column options",
                                   .key = "foreign",
                                   .weight = 85,
                                   .fields = fields,
                                   .traits = replaceable | dropped_with_parent | single,
                                   .addressed = &by_parent,
                                   .parents = parents,
                                   .sql = {.create = create, .drop = drop, .on_rebuild = on_rebuild},
                                   .reading = {.catalog = catalog, .readers = readers, .derive = derive}};
}  // namespace quoin
