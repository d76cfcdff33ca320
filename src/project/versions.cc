#include "project/versions.h"

#include <map>

#include "kinds/database/template.h"
#include "project/concern.h"

namespace quoin {
namespace {
bool counts(const Object* object, const FieldBase& field) { return object && object->counted.test(field.ordinal); }
}  // namespace

const FieldBase* version_field(const Kind& kind) {
  for (const FieldBase* field : kind.fields)
    if (field->matter == Matter::version) return field;
  return nullptr;
}

void read_versions(postgres::Connection& connection, Schema& schema, const Settings& settings) {
  if (concern_of(Matter::version, settings) == Concern::off) return;
  const auto rows = connection.query("SELECT e.extname, e.extversion FROM pg_catalog.pg_extension e");
  std::map<Text, Text> versions;
  for (std::size_t row = 0; row < rows.rows(); ++row) versions.emplace(rows.text(row, 0), rows.text(row, 1));
  schema.each([&](Object& object) {
    const FieldBase* field = version_field(*object.id->kind);
    const auto found = versions.find(object.id->name);
    if (!field || found == versions.end() || in_template(object.id)) return;
    object.put(*field, found->second);
    object.counted.set(field->ordinal);
  });
}

void count_versions(Schema& schema, const Settings& settings) {
  if (concern_of(Matter::version, settings) == Concern::off) return;
  schema.each([&](Object& object) {
    if (const FieldBase* field = version_field(*object.id->kind))
      object.counted.set(field->ordinal, object.has(*field));
  });
}

void count_said_versions(Schema& schema, const Schema& said) {
  schema.each([&](Object& object) {
    const FieldBase* field = version_field(*object.id->kind);
    const Object* same = field ? said.find(object.id) : nullptr;
    if (field) object.counted.set(field->ordinal, same && same->has(*field));
  });
}

List report_versions(Schema& from, Schema& to, const Settings& settings) {
  if (concern_of(Matter::version, settings) != Concern::report) return {};
  List differing;
  from.each([&](Object& before) {
    const FieldBase* field = version_field(*before.id->kind);
    Object* after = field ? to.find(before.id) : nullptr;
    if (!field || !counts(&before, *field) || !counts(after, *field)) return;
    if (before.value(*field) != after->value(*field))
      differing.push_back(concat(path(before.id), " (", as_text(before.value(*field)), ", wanted ",
                                 as_text(after->value(*field)), ")"));
  });
  for (Schema* schema : {&from, &to}) schema->each([&](Object& object) { object.counted.reset(); });
  if (differing.empty()) return {};
  std::ranges::sort(differing);
  return {told_otherwise("extension_versions", differing)};
}

namespace {
/// To which versions the server knows a way from there.
List reachable(postgres::Connection& connection, const Text& extension, const Text& version) {
  const std::optional<Text> values[] = {extension, version};
  const auto rows = connection.query(
      "SELECT p.target FROM pg_catalog.pg_available_extensions() a"
      " CROSS JOIN LATERAL pg_catalog.pg_extension_update_paths(a.name) p WHERE a.name OPERATOR(pg_catalog.=) $1"
      " AND p.source OPERATOR(pg_catalog.=) $2 AND p.path IS NOT NULL ORDER BY p.target",
      values);
  List all;
  for (std::size_t row = 0; row < rows.rows(); ++row) all.push_back(rows.text(row, 0));
  return all;
}
}  // namespace

List out_of_reach(postgres::Connection& connection, const Schema& from, const Schema& to) {
  List all;
  from.each([&](const Object& before) {
    const FieldBase* field = version_field(*before.id->kind);
    const Object* after = field ? to.find(before.id) : nullptr;
    if (!field || !counts(&before, *field) || !counts(after, *field)) return;
    const Text now = as_text(before.value(*field)), wanted = as_text(after->value(*field));
    if (now == wanted) return;
    const List others = reachable(connection, before.id->name, now);
    if (std::ranges::count(others, wanted) > 0) return;
    all.push_back(concat(path(before.id), ": the server knows no way from version ", now, " to ", wanted,
                         others.empty() ? "" : concat(", but to ", join(others, ", ")),
                         "; say a version that it has, or install the extension's files there"));
  });
  return all;
}

List keep_updated(Schema& before, const Schema& after) {
  List names;
  before.each([&](Object& object) {
    const FieldBase* field = version_field(*object.id->kind);
    const Object* updated = field ? after.find(object.id) : nullptr;
    if (!field || !counts(&object, *field) || !counts(updated, *field)) return;
    if (object.value(*field) == updated->value(*field)) return;
    object.counted.reset(field->ordinal);
    names.push_back(concat(path(object.id), " at ", as_text(updated->value(*field))));
  });
  if (names.empty()) return {};
  std::ranges::sort(names);
  return {concat("what undoes it leaves ", join(names, ", "), ", since few extensions have a way back")};
}

}  // namespace quoin
