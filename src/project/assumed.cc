#include "project/assumed.h"

#include <algorithm>
#include <unordered_set>

#include "core/base/files.h"
#include "core/sql/psql.h"
#include "project/side.h"
#include "project/source.h"

namespace quoin {

Assumed read_assumed(const Settings& settings) {
  Assumed assumed{settings.config.assumed_schemas, {}};
  for (const Text& file : settings.config.assumed_files)
    assumed.scripts.push_back({file, psql::without_restrict(read_text(file))});
  return assumed;
}

Verified replayed(std::span<const Migration> migrations, Schema& schema, const Settings& settings) {
  return verify(migrations, schema, settings.search_path(), read_assumed(settings));
}

Shadow::Database scratch_database(Shadow& shadow, const Settings& settings) {
  Shadow::Database database = shadow.create_database();
  const Assumed assumed = read_assumed(settings);
  if (assumed.schemas.empty() && assumed.scripts.empty()) return database;
  postgres::Connection connection = database.connect();
  for (const Assumed::Script& script : assumed.scripts)
    run_script(connection, {script.file, script.sql}, roles_of(shadow));
  for (const Text& schema : assumed.schemas)
    connection.execute(concat("CREATE SCHEMA IF NOT EXISTS ", quote_ident(schema)));
  return database;
}

void leave_out_assumed(Schema& schema, Ids& ids, const Settings& settings) {
  const Assumed assumed = read_assumed(settings);
  if (assumed.schemas.empty() && assumed.scripts.empty()) return;
  const Schema nothing = empty_database(ids);
  Schema given = empty_database(ids);
  Findings unheard;  // verify tells them
  Replay(given, settings.search_path()).assume(assumed, unheard);
  std::unordered_set<Id> out;
  given.each([&](const Object& object) {
    if (!nothing.find(object.id)) out.insert(object.id);
  });
  std::vector<Id> gone;
  schema.each([&](const Object& object) {
    const Id home = schema_of(object.id);
    bool left_out = home && std::ranges::count(assumed.schemas, home->name) > 0;
    for (Id id = object.id; id && !left_out; id = id->parent) left_out = out.contains(id);
    if (left_out) gone.push_back(object.id);
  });
  for (const Id id : gone) schema.remove(id);
}

bool is_about_assumed(const Error& error, const Settings& settings) {
  if (!error.sqlstate.starts_with("42") && error.sqlstate != "3F000") return false;
  const std::string_view message = error.what();
  return std::ranges::any_of(settings.config.assumed_schemas, [&](const Text& schema) {
    for (const Text& said : {concat("\"", schema, "."), concat(" ", schema, "."), concat("schema \"", schema, "\"")})
      if (message.find(said) != message.npos) return true;
    return false;
  });
}

}  // namespace quoin
