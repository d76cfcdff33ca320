// What only reads runs nothing of what it reads.
#include <unistd.h>

#include <filesystem>

#include "core/base/files.h"
#include "core/postgres/shadow.h"
#include "tests/catch.h"
#include "tests/program.h"

using namespace quoin;
namespace fs = std::filesystem;

TEST_CASE("what only reads runs nothing: verify and snapshot and --shadow off and --dry-run", "[commands][live]") {
  std::optional<Shadow> shadow = Shadow::start({});
  if (!shadow) {
    WARN("skipped: no PostgreSQL server binaries here");
    return;
  }
  const Shadow::Database database = shadow->create_database();
  const fs::path folder = fs::temp_directory_path() / concat("quoin-nothing-", std::to_string(getpid()));
  fs::remove_all(folder);
  fs::create_directories(folder / "migrations");
  write_file(folder / "migrations" / "1_a.sql",
             "-- Up Migration\nCREATE TABLE a (id integer);\nDO $$ BEGIN RAISE EXCEPTION 'it was run'; END $$;\n"
             "-- Down Migration\nDROP TABLE a;\n");
  write_file(folder / "old.sql", "CREATE TABLE b (id integer);\n");
  const auto said = [&](const List& arguments) {
    const Ran ran = run_quoin(arguments, folder, {concat("DATABASE_URL=", database.url())});
    return ran.out + ran.err;
  };
  const auto ran = [](std::string_view text) { return text.find("it was run") != text.npos; };
  // Where it is run, that shows.
  CHECK(ran(said({"validate"})));
  CHECK(ran(said({"diff", "--from", "old.sql", "--to", "migrations"})));
  const List reading[] = {{"verify"},
                          {"snapshot", "migrations", "--format", "sql"},
                          {"snapshot", "-o", "x.md"},
                          {"graph", "--migrations"},
                          {"graph", "migrations"},
                          {"status"},
                          {"list"},
                          {"validate", "--shadow", "off"},
                          {"diff", "--shadow", "off", "--from", "old.sql", "--to", "migrations"},
                          {"diff", "--shadow", "off", "--to", "migrations"},
                          {"migrate", "--dry-run"},
                          {"rollback", "--dry-run"},
                          {"create", "more"}};
  for (const List& arguments : reading) {
    INFO(join(arguments, " "));
    const Text text = said(arguments);
    INFO(text);
    CHECK_FALSE(ran(text));
    CHECK(text.find("not expected") == Text::npos);
  }
  const auto made = database.connect().query(
      "SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname !~ "
      "'^(pg_|information_schema)'");
  CHECK(made.rows() == 0);
  fs::remove_all(folder);
}
