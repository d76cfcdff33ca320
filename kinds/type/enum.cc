// Everything quoin knows about enums.
#include "core/model/reading.h"
#include "kinds/access/carried.h"
#include "kinds/list.h"
#include "kinds/type/type_use.h"

namespace quoin {
namespace {
constexpr struct : FieldTable {
  Field<List> labels{*this, "enum", "its values, in order", {.role = Role::text, .presence = Presence::given}};
} fields;

Text definition(const Object& type) {
  List labels;
  for (const Text& label : type[fields.labels]) labels.push_back(quote_literal(label));
  return concat("CREATE TYPE ", qualified(type.id), " AS ENUM (", join(labels, ", "), ")");
}

Steps create(const Object& type) { return only(making(type, definition(type))); }

Change rewrite(const Delta& delta, const Users& users) {
  return swapped(delta, users, making(*delta.to, definition(*delta.to)));
}

Change change(const Delta& delta, const Users& users) {
  const auto before = (*delta.from)[fields.labels], after = (*delta.to)[fields.labels];
  auto kept = before.begin();
  Steps steps;
  for (const Text& label : after) {
    if (kept != before.end() && *kept == label) {
      ++kept;
      continue;
    }
    const Text place = kept == before.end() ? "" : concat(" BEFORE ", quote_literal(*kept));
    Step step = in_place(delta, concat("ALTER TYPE ", qualified(delta.id), " ADD VALUE ", quote_literal(label), place));
    step.commits_first = quote_literal(label);
    steps.push_back(std::move(step));
  }
  return kept == before.end() ? Change(steps) : rewrite(delta, users);
}

Text rename_label(Object& type, std::string_view old_name, std::string_view new_name) {
  const auto labels = type[fields.labels];
  List all(labels.begin(), labels.end());
  if (!std::ranges::count(all, old_name) || std::ranges::count(all, new_name)) return {};
  std::ranges::replace(all, Text(old_name), Text(new_name));
  type.put(fields.labels, std::move(all));
  return concat("ALTER TYPE ", qualified(type.id), " RENAME VALUE ", quote_literal(old_name), " TO ",
                quote_literal(new_name));
}

Text catalog(int) {
  return concat(
      R"(
select 1247 as class, t.oid as oid, 0 as sub, 2615 as parent_class, t.typnamespace as parent_oid, 0 as parent_sub,
  t.typname as name, l.labels as "enum", array['1247:' || t.typarray || ':0'] as also)",
      owner_column({"TYPE", "pg_catalog.format('%I.%I', n.nspname, t.typname)", "t.typowner"}),
      R"(
from pg_catalog.pg_type t join pg_catalog.pg_namespace n on n.oid = t.typnamespace
left join (select enumtypid, pg_catalog.array_agg(enumlabel order by enumsortorder) as labels from pg_catalog.pg_enum
  group by 1) l on l.enumtypid = t.oid
where t.typtype = 'e')");
}

std::pair<Id, Text> named(ast::Node names, Reading& reading) {
  const Id schema = reading.creation_schema(names);
  const List parts = names.texts();
  return {schema, parts.empty() ? Text() : parts.back()};
}

void read_create(ast::Node statement, Reading& reading) {
  const auto [schema, name] = named(statement["typeName"], reading);
  if (!schema) return;
  Object* type = reading.make(enum_kind, schema, name);
  if (type) type->put(fields.labels, statement["vals"].texts());
}

void read_alter(ast::Node statement, Reading& reading) {
  const Id id = reading.find("type", statement["typeName"]);
  if (!id) return;
  if (id->kind != &enum_kind) return reading.unknown(id, concat(path(id), " is no enum"));
  Object* type = reading.change(id);
  if (!type) return;
  const auto labels = (*type)[fields.labels];
  List all(labels.begin(), labels.end());
  const Text old(statement["oldVal"].text()), added(statement["newVal"].text());
  const Text neighbor(statement["newValNeighbor"].text());
  if (!old.empty()) {
    std::ranges::replace(all, old, added);
  } else if (std::ranges::count(all, added) == 0) {
    auto place = neighbor.empty() ? all.end() : std::ranges::find(all, neighbor);
    if (place != all.end() && statement["newValIsAfter"].flag()) ++place;
    all.insert(place, added);
  }
  type->put(fields.labels, std::move(all));
}

// Said where the rows follow.
std::vector<Hazard> hazards_of_move(const Delta& delta, const Users&) {
  List removed;
  for (const Text& label : (*delta.from)[fields.labels])
    if (!std::ranges::count((*delta.to)[fields.labels], label)) removed.push_back(quote_literal(label));
  if (removed.empty()) return {};
  return {{"may-fail",
           concat("rows that hold ", join(removed, ", "), " of ", path(delta.id), " make it fail: change them first")}};
}

constexpr StatementReader readers[] = {{"CreateEnumStmt", "", read_create}, {"AlterEnumStmt", "", read_alter}};
constexpr std::string_view parents[] = {"schema"};
}  // namespace

constexpr Kind enum_kind{.name = "enum",
                         .key = "types",
                         .weight = 30,
                         .fields = fields,
                         .traits = has_section | has_owner,
                         .noun = "TYPE",
                         .object_type = "OBJECT_TYPE",
                         .space = space::type,
                         .parents = parents,
                         .rights = &type_rights,
                         .sql = {.create = create, .change = change, .rename_part = rename_label},
                         .cost = {.of_move = hazards_of_move},
                         .reading = {.catalog = catalog, .readers = readers}};
}  // namespace quoin
