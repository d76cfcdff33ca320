// A base type is dropped with CASCADE, and takes nothing along that the plan does not see.
#include "tests/commands_project.h"

using namespace quoin;
namespace fs = std::filesystem;

TEST_CASE("dropping a base type takes no column along that lies where quoin does not look", "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  write_file(project.folder / "quoin.yaml", "managed_schemas: [a]\n");
  fs::create_directories(project.folder / "schemas");
  write_file(project.folder / "schemas/a.yaml", "schema: a\n");
  postgres::Connection server = project.database->connect();
  server.execute(
      "CREATE SCHEMA a; CREATE SCHEMA b; CREATE TYPE a.bt; CREATE FUNCTION a.bt_in(cstring) RETURNS a.bt LANGUAGE "
      "internal"
      " IMMUTABLE STRICT AS 'textin'; CREATE FUNCTION a.bt_out(a.bt) RETURNS cstring LANGUAGE internal IMMUTABLE "
      "STRICT AS"
      " 'textout'; CREATE TYPE a.bt (INPUT = a.bt_in, OUTPUT = a.bt_out, LIKE = text);"
      "CREATE TABLE b.t (id int, kept a.bt); INSERT INTO b.t VALUES (1, 'x')");
  const Ran refused = project.run({"sync", "-y", "--allow", "unproven"});
  INFO(refused.out + refused.err);
  CHECK(refused.code == 2);
  CHECK(holds(refused.err, "more would go with a.bt: column kept of table b.t"));
  CHECK(project.value("SELECT kept FROM b.t") == "x");
  server.execute("ALTER TABLE b.t DROP COLUMN kept");
  const Ran ran = project.run({"sync", "-y", "--allow", "unproven"});
  INFO(ran.out + ran.err);
  CHECK(ran.code == 0);
  CHECK(project.value("SELECT to_regtype('a.bt') IS NULL") == "t");
}
