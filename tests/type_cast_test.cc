// Every way that quoin writes from one built-in type to another, judged by a server.
#include "kinds/column/column.h"
#include "tests/server_here.h"

using namespace quoin;

namespace {
constexpr std::string_view types[] = {"smallint",
                                      "integer",
                                      "bigint",
                                      "numeric",
                                      "numeric(10,2)",
                                      "real",
                                      "double precision",
                                      "text",
                                      "character varying(20)",
                                      "character(3)",
                                      "\"char\"",
                                      "name",
                                      "date",
                                      "timestamp without time zone",
                                      "timestamp with time zone",
                                      "time without time zone",
                                      "time with time zone",
                                      "interval",
                                      "boolean",
                                      "uuid",
                                      "json",
                                      "jsonb",
                                      "bytea",
                                      "inet",
                                      "cidr",
                                      "macaddr",
                                      "macaddr8",
                                      "bit(4)",
                                      "bit varying(9)",
                                      "money",
                                      "xml",
                                      "tsvector",
                                      "tsquery",
                                      "point",
                                      "lseg",
                                      "box",
                                      "path",
                                      "polygon",
                                      "circle",
                                      "line",
                                      "oid",
                                      "regclass",
                                      "regtype",
                                      "int4range",
                                      "numrange",
                                      "daterange",
                                      "tstzrange",
                                      "integer[]",
                                      "text[]",
                                      "jsonb[]",
                                      "money[]"};
}  // namespace

TEST_CASE("the server takes the way from each built-in type to each other", "[live]") {
  if (no_server_here()) return;
  const Shadow::Database scratch = server().create_database();
  postgres::Connection connection = scratch.connect();
  List refused;
  for (const std::string_view from : types) {
    connection.execute(concat("CREATE TABLE t (c ", from, ")"));
    for (const std::string_view to : types) {
      const Text cast = cast_between(from, to, to);
      const Text way = cast.empty() ? Text() : concat(" USING c", cast);
      try {
        connection.execute(concat("BEGIN; ALTER TABLE t ALTER COLUMN c TYPE ", to, way, "; ROLLBACK"));
      } catch (const Error& error) {
        connection.execute("ROLLBACK");
        refused.push_back(concat(from, " to ", to, way, ": ", error.what()));
      }
    }
    connection.execute("DROP TABLE t");
  }
  CHECK(refused == List());
}
