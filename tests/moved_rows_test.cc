// Rows that move between a table and a partitioned one of its name: by the text of the golden cases, on a server.
#include "core/base/files.h"
#include "tests/server_here.h"

using namespace quoin;

namespace {
Text part_of_case(std::string_view folder, std::string_view file) {
  return read_file(concat(QUOIN_SOURCE_DIR, "/tests/cases/diff/", folder, "/", file));
}

Text rows_in(postgres::Connection& connection) {
  const postgres::Result found = connection.query(
      "SELECT id, kind, at, note, size, total FROM app.events UNION ALL SELECT NULL, event::int, at, mark, NULL, NULL "
      "FROM app.marks ORDER BY 1, 2");
  Text all;
  for (std::size_t row = 0; row < found.rows(); ++row) {
    for (std::size_t column = 0; column < 6; ++column) all += concat(found.text(row, column), "|");
    all += "\n";
  }
  return all;
}

constexpr std::string_view rows =
    "ALTER TABLE app.events DISABLE TRIGGER touch; INSERT INTO app.kinds VALUES (1), (2);"
    "INSERT INTO app.events (kind, at, note, size) VALUES (1, '2024-05-05', 'a', 1), (2, '2024-06-06', 'b', 2),"
    "  (1, '2020-01-01', NULL, 3); ALTER TABLE app.events ENABLE TRIGGER touch;"
    "INSERT INTO app.marks SELECT id, at, note FROM app.events";
}  // namespace

TEST_CASE("all rows are there after a table has become partitioned or ordinary, and numbering goes on", "[live]") {
  if (no_server_here()) return;
  for (const std::string_view folder : {"table_becomes_partitioned", "partitioned_table_becomes_ordinary"}) {
    CAPTURE(folder);
    const Shadow::Database database = server().create_database();
    postgres::Connection connection = database.connect();
    connection.execute(part_of_case(folder, "old.sql"));
    connection.execute(Text(rows));
    const Text before = rows_in(connection);
    const Text next = "SELECT pg_catalog.nextval(pg_catalog.pg_get_serial_sequence('app.events', 'id'))";
    const int first = std::stoi(connection.query(next).text(0, 0));
    for (const char* section : {"up.sql", "down.sql"}) {
      CAPTURE(section);
      connection.execute(part_of_case(folder, section));
      CHECK(rows_in(connection) == before);
    }
    CHECK(std::stoi(connection.query(next).text(0, 0)) == first + 1);
  }
}
