// The database named in parts, and by a file of variables.
#include <unistd.h>

#include "core/base/files.h"
#include "core/postgres/shadow.h"
#include "tests/commands_project.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {

struct Whereabouts {
  fs::path folder = fs::temp_directory_path() / concat("quoin-env-", std::to_string(getpid()));
  std::optional<Shadow::Database> database;
  Text host, port, name;

  Whereabouts() {
    fs::remove_all(folder);
    fs::create_directories(folder / "migrations");
    if (auto shadow = Shadow::start({})) database.emplace(shadow->create_database());
    if (!database) WARN("skipped: no PostgreSQL server binaries here");
    if (!database) return;
    const postgres::Connection connection = database->connect();
    const Text shown = connection.name();  // host:port/database
    const std::size_t slash = shown.rfind('/'), colon = shown.rfind(':', slash);
    host = shown.substr(0, colon), port = shown.substr(colon + 1, slash - colon - 1), name = connection.database();
  }
  Whereabouts(const Whereabouts&) = delete;
  Whereabouts& operator=(const Whereabouts&) = delete;
  ~Whereabouts() { fs::remove_all(folder); }

  Text parts(const Text& more = {}) const {
    return concat("DATABASE_HOST=", host, "\nexport DATABASE_PORT='", port, "' # as here\n\n# the rest\nNAME_OF=\"",
                  name, "\"\nDATABASE_NAME=${NAME_OF}\nDATABASE_USERNAME=postgres\n", more);
  }
};

}  // namespace

TEST_CASE("a database is named in parts, by the environment or a file of it", "[commands][live]") {
  const Whereabouts place;
  if (!place.database) return;
  write_file(place.folder / "migrations/1_a.sql", "CREATE TABLE a (id int);");
  const Ran none = run_quoin({"version"}, place.folder, {"DATABASE_NAME=" + place.name});
  CHECK(holds(none.err, "no database is named"));
  CHECK(run_quoin({"version"}, place.folder,
                  {"DATABASE_HOST=" + place.host, "DATABASE_PORT=" + place.port, "DATABASE_NAME=" + place.name,
                   "DATABASE_USERNAME=postgres", "DATABASE_SSL_ENABLED=false"})
            .out == "none\n");
  write_file(place.folder / ".env", place.parts());
  CHECK(run_quoin({"migrate"}, place.folder).code == 0);
  CHECK(run_quoin({"version"}, place.folder).out == "1\n");
  CHECK(run_quoin({"version"}, place.folder, {"DATABASE_NAME=nowhere_at_all"}).code == 2);
  write_file(place.folder / "other", place.parts("DATABASE_PASSWORD=\"tiger \\\"9\"\nDATABASE_SSL_ENABLED=true\n"));
  const Ran tls = run_quoin({"version", "--env-file", "other"}, place.folder, {"DATABASE_HOST=127.0.0.1"});
  CHECK(tls.code == 2);
  CHECK_FALSE(holds(tls.err, "tiger"));
  write_file(place.folder / "other", "DATABASE_HOST='open\n");
  CHECK(holds(run_quoin({"version", "--env-file", "other"}, place.folder).err, "other:1:1: error: this line"));
  CHECK(holds(run_quoin({"version", "--env-file", "none"}, place.folder).err, "there is no file none"));
}

TEST_CASE("a changeset for some contexts is warned of, and runs", "[commands][live]") {
  const Whereabouts place;
  if (!place.database) return;
  write_file(place.folder / "migrations/a.sql",
             "--liquibase formatted sql\n--changeset ann:1 context:test labels:x\nCREATE TABLE beds (id int);\n");
  write_file(place.folder / ".env", place.parts());
  const Ran ran = run_quoin({"migrate"}, place.folder);
  CHECK(ran.code == 0);
  CHECK(holds(ran.err, "migrations/a.sql:2:1: warning: a.sql::1::ann says context:test, labels:x, and runs here"));
}

TEST_CASE("a setting of another tool that says what quoin does by itself is not told of", "[commands]") {
  CommandsProject project;
  project.add("1_a.sql", "-- migrate:up\nCREATE TABLE a (x int);\n-- migrate:down\nDROP TABLE a;\n");
  const auto told = [&](const Text& env) {
    write_file(project.folder / ".env", env);
    const Ran ran = project.run({"verify", "-v"});
    return ran.out + ran.err;
  };
  CHECK_FALSE(holds(told("DBMATE_MIGRATIONS_DIR=\"./migrations\"\nDBMATE_MIGRATIONS_TABLE=schema_migrations\n"),
                    "quoin does not read that"));
  CHECK(holds(told("DBMATE_MIGRATIONS_DIR=./db/migrations\n"), "DBMATE_MIGRATIONS_DIR is set for dbmate, and quoin"));
  CHECK(holds(told("DBMATE_MIGRATIONS_TABLE=ours\n"), "DBMATE_MIGRATIONS_TABLE is set for dbmate, and quoin"));
  project.add("1_a.sql", "-- +migrate Up\nCREATE TABLE a (x int);\n-- +migrate Down\nDROP TABLE a;\n");
  const auto told_of_table = [&](const Text& table) {
    write_file(project.folder / "dbconfig.yml",
               concat("development:\n  dir: migrations\n  table: gorp_migrations\ntest:\n  table: ", table, "\n"));
    return told({});
  };
  CHECK_FALSE(holds(told_of_table("'gorp_migrations' # ours"), "quoin does not read that"));
  CHECK(holds(told_of_table("migrations"), "dbconfig.yml sets table for sql-migrate, and quoin does not read that"));
}
