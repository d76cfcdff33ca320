// Everything quoin knows about extensions.
#include "core/model/reading.h"
#include "kinds/database/template.h"
#include "kinds/list.h"
#include "kinds/users.h"

namespace quoin {
namespace {
Text update(const Object& from, const Object& to);

constexpr struct : FieldTable {
  // An installed version is the server's matter: it is given where it is asked for, and compared where quoin.yaml says
  // so.
  Field<Text> version{*this,
                      "version",
                      "the version to install, where not the newest",
                      {.alter = update, .counts = Counts::once, .matter = Matter::version}};
  Field<Text> schema{*this, "schema", "where its objects lie", {.fallback = "public"}};
  Field<bool> fixed{*this, "fixed", "its schema cannot be changed", {.counts = Counts::derived}};
} fields;

Text update(const Object&, const Object& to) {
  return concat("ALTER EXTENSION ", quote_ident(to.id->name), " UPDATE TO ", quote_literal(to[fields.version]));
}

Steps create(const Object& extension) {
  Text sql = "CREATE EXTENSION " + quote_ident(extension.id->name);
  if (extension.has(fields.schema)) sql += " SCHEMA " + quote_ident(extension[fields.schema]);
  if (extension.has(fields.version)) sql += " VERSION " + quote_literal(extension[fields.version]);
  return only(making(extension, std::move(sql)));
}

// Where its control file says relocatable = false.
Change made_anew(const Delta& delta, const Users& users) {
  for (const Id user : users.of(delta.id))
    if (user->kind->has(holds_rows))
      return Cannot{concat("the schema of ", path(delta.id), " is fixed, and what it brings is in ", path(user))};
  Steps steps = drop_steps(*delta.from);
  steps.front().hazards = {{"data-loss", concat(path(delta.id), " goes and comes again in another schema, which its ",
                                                "control file does not let it change: what it keeps itself is lost")}};
  std::ranges::move(create(*delta.to), std::back_inserter(steps));
  return steps;
}

Change change(const Delta& delta, const Users& users) {
  if ((*delta.from)[fields.fixed]) return made_anew(delta, users);
  Step step = in_place(delta, set_schema_sql(delta.id, (*delta.to)[fields.schema]));
  step.hazards.push_back({"body", concat("bodies and clients find what ", path(delta.id),
                                         " brings only by its new schema from then on, or along the search_path")});
  return Steps{std::move(step)};
}

// Those that are well known, where no server tells.
constexpr std::string_view fixed_ones[] = {"adminpack", "pg_cron", "pg_repack",        "plperl",
                                           "plperlu",   "pltcl",   "pltclu",           "plpython3u",
                                           "postgis",   "xml2",    "postgis_topology", "timescaledb"};

void derive(Object& extension, Schema& schema) {
  if (in_template(extension.id)) return;
  if (schema.major == 0 && std::ranges::count(fixed_ones, extension.id->name) > 0) extension.put(fields.fixed, true);
  const Id place = schema.ids().of(schema_kind, Id(), Text(extension[fields.schema]));
  if (schema.find(place)) extension.need(place);
}

// The schema of plpgsql is fixed, so nobody writes it.
Text catalog(int) {
  return R"(
select 3079 as class, e.oid as oid, 0 as sub, 0 as parent_class, 0 as parent_oid, 0 as parent_sub, e.extname as name,
  case when e.extname <> 'plpgsql' then n.nspname end as schema, not e.extrelocatable as fixed
from pg_catalog.pg_extension e join pg_catalog.pg_namespace n on n.oid = e.extnamespace)";
}

Text option(ast::Node statement, std::string_view name) {
  for (ast::Node item : statement["options"])
    if (item["defname"].text() == name) return Text(item["arg"].text());
  return {};
}

void read_create(ast::Node statement, Reading& reading) {
  const Existing existing = statement["if_not_exists"].flag() ? Existing::keep : Existing::error;
  Object* extension = reading.make(extension_kind, Id(), Text(statement["extname"].text()), existing);
  if (!extension) return;
  const Text named = option(statement, "schema");
  const Id home = named.empty() ? reading.creation_schema(ast::Node()) : Id();
  if (!named.empty() || home) extension->put(fields.schema, home ? home->name : named);
  if (const Text version = option(statement, "new_version"); !version.empty()) extension->put(fields.version, version);
}

void read_alter(ast::Node statement, Reading& reading) {
  const Id id = reading.schema().ids().of(extension_kind, Id(), Text(statement["extname"].text()));
  Object* extension = reading.change(id);
  if (!extension) return;
  if (const Text version = option(statement, "new_version"); !version.empty()) extension->put(fields.version, version);
}

void read_contents(ast::Node statement, Reading& reading) {
  const Id id = reading.schema().ids().of(extension_kind, Id(), Text(statement["extname"].text()));
  reading.unknown(id, "ALTER EXTENSION … ADD or DROP is not followed: what it names may belong to the extension");
}

constexpr StatementReader readers[] = {{"CreateExtensionStmt", "", read_create},
                                       {"AlterExtensionStmt", "", read_alter},
                                       {"AlterExtensionContentsStmt", "", read_contents}};
}  // namespace

constexpr Kind extension_kind{.name = "extension",
                              .key = "extensions",
                              .weight = 20,
                              .fields = fields,
                              .traits = has_section | implied_in_template,
                              .noun = "EXTENSION",
                              .object_type = "OBJECT_EXTENSION",
                              .addressed = &by_name,
                              .members_schema = &fields.schema,
                              .sql = {.create = create, .change = change},
                              .reading = {.catalog = catalog, .readers = readers, .derive = derive}};
}  // namespace quoin
