// Nothing that a server can hold goes unlisted: what has no kind is named.
#include "core/base/files.h"
#include "kinds/list.h"
#include "snapshot/catalog/read.h"
#include "tests/server_here.h"

using namespace quoin;

namespace {
/// Catalogs whose rows are no object of a database's schemas, or a part of one that is listed with it.
struct SetAside {
  std::string_view catalog, why;
  int since = 0;  // the major version that has it, or gave its rows oids
};
constexpr SetAside set_aside[] = {
    {"pg_amop", "a part of its operator family"},
    {"pg_amproc", "a part of its operator family"},
    {"pg_auth_members", "of the whole server", 16},
    {"pg_authid", "of the whole server"},
    {"pg_database", "of the whole server"},
    {"pg_enum", "a label of its type"},
    {"pg_largeobject_metadata", "rows, not a schema"},
    {"pg_parameter_acl", "of the whole server", 15},
    {"pg_publication_namespace", "a part of its publication", 15},
    {"pg_publication_rel", "a part of its publication"},
    {"pg_tablespace", "of the whole server"},
};

// One of everything that no kind models yet, or that is of a sort that the kinds leave alone.
constexpr const char* one_of_each = R"(
CREATE TYPE pair AS (a integer, b integer);
ALTER EXTENSION plpgsql ADD TYPE pair;
CREATE TABLE typed OF pair;
CREATE STATISTICS both_columns ON a, b FROM typed;
CREATE RULE quiet AS ON DELETE TO typed DO INSTEAD NOTHING;
)";

/// "total(integer)", as the list of what is not modelled or the objects of no kind name it.
bool is_listed(const Schema& schema, std::string_view name) {
  bool found = std::ranges::any_of(schema.unmodelled, [&](const Text& one) { return one.find(name) != Text::npos; });
  schema.each(
      [&](const Object& object) { found |= object.id->kind->has(opaque) && object.id->name.find(name) != Text::npos; });
  return found;
}
}  // namespace

TEST_CASE("each catalog that can hold what users make is read by a kind, or is set aside with a reason", "[live]") {
  if (no_server_here()) return;
  const Shadow::Database database = server().create_database();
  postgres::Connection connection = database.connect();
  const auto rows = connection.query(
      "SELECT c.oid, c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_attribute a ON a.attrelid "
      "OPERATOR(pg_catalog.=) c.oid WHERE a.attname OPERATOR(pg_catalog.=) 'oid' AND c.relkind OPERATOR(pg_catalog.=) "
      "'r' "
      "AND c.relnamespace OPERATOR(pg_catalog.=) 11");
  Text queries;
  for (const Kind* kind : all_kinds())
    if (kind->reading.catalog) queries += kind->reading.catalog(connection.major() * 10000);
  std::set<Text> there;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const Text number = rows.text(row, 0), name = rows.text(row, 1);
    there.insert(name);
    INFO(name << ", " << number);
    const bool is_read = queries.find(concat("pg_catalog.", name)) != Text::npos;
    CHECK((is_read || std::ranges::count(set_aside, name, &SetAside::catalog) > 0));
  }
  for (const SetAside& one : set_aside) {
    INFO(one.catalog);
    CHECK((connection.major() < one.since || there.contains(Text(one.catalog))));
  }
}

TEST_CASE("what no kind models is named, all of it", "[live]") {
  if (no_server_here()) return;
  const Shadow::Database database = server().create_database();
  database.connect().execute(one_of_each);
  postgres::Connection connection = database.connect();
  Ids ids;
  const Schema schema = read_database(connection, ids, {});
  for (const char* name : {"typed", "both_columns", "quiet"}) {
    INFO(name);
    CHECK(is_listed(schema, name));
  }
}
