// What migrate and validate refuse to run, and what looks like it and is let through.
#include "tests/commands_project.h"

using namespace quoin;

TEST_CASE("a database that had its tables before it had a ledger is told how to say so", "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  project.add("1_a.sql", "CREATE TABLE a (x int);\n");
  CHECK_FALSE(holds(project.run({"status"}).out, "already"));
  project.value("CREATE TABLE public.a (x int)");
  const Text status = project.run({"status"}).out;
  CHECK(holds(status, "table public.a is there already, and the ledger knows of no migration"));
  CHECK_FALSE(holds(status, "next: quoin migrate"));
  const Ran failed = project.run({"migrate"});
  CHECK(failed.code == 3);
  CHECK(holds(failed.err, "quoin repair VERSION --applied"));
  CHECK(project.run({"repair", "1", "--applied"}).code == 0);
  CHECK_FALSE(holds(project.run({"status"}).out, "already"));
}

TEST_CASE("what a run takes away is named, and wants leave", "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  project.add("1_a.sql",
              "CREATE TABLE a (x int, y int);\nCREATE TABLE brief (x int);\nDROP TABLE brief;\n"
              "REVOKE ALL ON a FROM PUBLIC;\n");
  CHECK(project.run({"migrate"}).code == 0);  // nothing that was there before
  project.add("2_b.sql",
              "ALTER TABLE a DROP COLUMN y;\nREVOKE SELECT ON a FROM PUBLIC;\n"
              "CREATE TABLE c (x int);\nDROP TABLE c;\n");
  const Ran previewed = project.run({"migrate", "--dry-run"});
  CHECK(previewed.code == 3);  // as the run would be
  CHECK(holds(previewed.out, "would run 2_b"));
  CHECK(holds(previewed.err, "migrations/2_b.sql:1:1: data-loss: drops column a.y"));
  CHECK(project.run({"migrate", "--dry-run", "--allow", "data-loss,access"}).code == 0);
  const Ran refused = project.run({"migrate"});
  CHECK(refused.code == 3);
  CHECK(holds(refused.err, "migrations/2_b.sql:2:1: access: revokes SELECT on a from everybody"));
  CHECK_FALSE(holds(refused.err, "table c"));
  CHECK(holds(refused.err, "quoin migrate --allow data-loss,access"));
  CHECK(project.run({"migrate", "--allow", "data-loss"}).code == 3);
  write_file(project.folder / "quoin.yaml", "allow: [access]\n");
  CHECK(project.run({"migrate", "--allow", "data-loss"}).code == 0);
}

TEST_CASE("what the platform provides is taken as there, tried out with, and left alone", "[commands][live]") {
  CommandsProject project;
  project.add("1_profiles.sql",
              "CREATE TABLE profiles (id int PRIMARY KEY REFERENCES auth.users (id));\n-- Down Migration\n"
              "DROP TABLE profiles;\n");
  CHECK(project.run({"verify"}).code == 1);
  write_file(project.folder / "quoin.yaml", "assume: [auth]\n");
  CHECK(project.run({"verify"}).code == 0);
  CHECK_FALSE(holds(project.run({"snapshot", "migrations", "--format", "sql"}).out, "TABLE auth.users"));
  if (!project.live()) return;
  project.database->connect().execute(
      "CREATE SCHEMA auth CREATE TABLE users (id int PRIMARY KEY, mail text) CREATE TABLE more (id int)");
  const Ran named = project.run({"validate"});
  CHECK(named.code == 0);
  CHECK(holds(named.out, "[untried]"));
  write_file(project.folder / "quoin.yaml", "assume: [auth, platform.sql]\n");
  write_file(project.folder / "platform.sql", "CREATE SCHEMA auth;\nCREATE TABLE auth.users (id int PRIMARY KEY);\n");
  const Ran tried = project.run({"validate"});
  CHECK(tried.code == 0);
  CHECK(holds(tried.err, "tried out from nothing: 1 migration up, 1 down"));
  CHECK(project.run({"migrate"}).code == 0);
  const Ran same = project.run({"diff", "--from", project.database->url(), "--to", "migrations", "--exit-code"});
  INFO(same.out + same.err);
  CHECK(same.code == 0);
}

TEST_CASE("what is dropped by another name than it had before the run is a loss too", "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  project.database->connect().execute("CREATE SCHEMA app; CREATE TABLE app.users (id int, name text)");
  for (const char* sql :
       {"SET search_path = app;\nDROP TABLE users;\n", "SET LOCAL search_path TO public, app;\nTRUNCATE users;\n",
        "SELECT set_config('search_path', 'app', true);\nDROP TABLE users;\n",
        "ALTER TABLE app.users RENAME TO old;\nALTER TABLE app.old RENAME TO older;\nDROP TABLE app.older;\n",
        "ALTER TABLE app.users RENAME COLUMN name TO label;\nALTER TABLE app.users DROP COLUMN label;\n",
        "ALTER TABLE app.users RENAME COLUMN name TO label;\nALTER TABLE app.users RENAME TO people;\n"
        "ALTER TABLE app.people DROP COLUMN label;\n",
        "ALTER TABLE app.users SET SCHEMA public;\nDROP TABLE public.users;\n",
        "ALTER SCHEMA app RENAME TO gone;\nDROP SCHEMA gone CASCADE;\n",
        "ALTER SCHEMA app RENAME TO gone;\nDROP TABLE gone.users;\n"}) {
    INFO(sql);
    project.add("1_a.sql", sql);
    const Ran refused = project.run({"migrate"});
    CHECK(refused.code == 3);
    CHECK(holds(refused.err, "data-loss"));
  }
  project.add("1_a.sql", "CREATE TABLE b (id int);\nALTER TABLE b RENAME TO c;\nDROP TABLE c;\n");
  CHECK(project.run({"migrate"}).code == 0);
}

TEST_CASE("a SELECT or an empty search_path before what drops a table is no hindrance", "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  for (const char* sql :
       {"SELECT 1;\nDROP TABLE IF EXISTS none;\n", "SET search_path = '';\nDROP TABLE IF EXISTS none;\n",
        "SELECT set_config('search_path', ' , a b', true);\nDROP TABLE IF EXISTS none;\n"}) {
    INFO(sql);
    project.add("1_a.sql", sql);
    const Ran ran = project.run({"migrate", "--dry-run"});
    INFO(ran.err);
    CHECK(ran.code == 0);
  }
}

TEST_CASE("a database that another tool has migrated is not migrated again unasked", "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  project.add("20260101000000_double.sql", "CREATE TABLE a (id int);\n");
  project.database->connect().execute(
      "CREATE TABLE public.schema_migrations (version text PRIMARY KEY);"
      "INSERT INTO public.schema_migrations VALUES ('20260101000000')");
  const Ran refused = project.run({"migrate"});
  CHECK(refused.code == 3);
  CHECK(holds(refused.err, "migrated by dbmate up to 20260101000000, 1 of 1 file here (public.schema_migrations)"));
  CHECK(holds(project.run({"migrate", "--dry-run"}).err, "quoin adopt dbmate"));
  write_file(project.folder / "targets", concat(project.database->url(), "\n"));
  const Ran targets = project.run({"adopt", "--targets", "targets", "--dry-run"});
  INFO(targets.out << targets.err);
  CHECK(holds(targets.out, ": would adopt 1 migration of dbmate from public.schema_migrations\n"));
  project.database->connect().execute(
      "CREATE SCHEMA other; CREATE TABLE other.schema_migrations AS TABLE"
      " public.schema_migrations");
  CHECK(
      holds(project.run({"status"}).out, "quoin adopt dbmate --table other.schema_migrations, or quoin adopt dbmate"));
  CHECK(holds(project.run({"adopt", "--targets", "targets"}).err, "1 target of 1 could not be adopted"));
  CHECK(holds(project.run({"adopt", "--schema", "other", "--dry-run"}).out, "would adopt 1 migration of dbmate"));
  CHECK(project.run({"repair", "20260101000000", "--applied"}).code == 0);
  CHECK(holds(project.run({"list", "--json"}).out, "\"applied_at\": null"));
  project.add("20260102000000_more.sql", "CREATE TABLE b (id int);\n");
  CHECK(project.run({"migrate"}).code == 0);  // quoin has a history of its own now
}

TEST_CASE("only what the machine lacks is no fault of a migration", "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  project.add("1_a.sql", "CREATE TABLE a (id int);\nCREATE VIEW v AS SELECT id FROM a;\n");
  project.add("2_b.sql", "ALTER TABLE a ALTER COLUMN id TYPE bigint;\n");
  const Ran widened = project.run({"validate"});
  CHECK(widened.code == 1);
  CHECK(holds(widened.out, "[trial]"));
  project.add("2_b.sql", "CREATE TABLE b (role user_role);\n");
  CHECK(project.run({"validate"}).code == 1);
  project.add("2_b.sql", "CREATE EXTENSION there_is_none_of_this_name;\n");
  const Ran lacking = project.run({"validate"});
  CHECK(lacking.code == 0);
  CHECK(holds(lacking.out, "valid as far as could be seen here"));
}

TEST_CASE("what is applied does not run again under another version", "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  project.add("1_a.sql", "CREATE TABLE a (id int);\n");
  project.add("2_b.sql", "INSERT INTO a VALUES (1);\n");
  CHECK(project.run({"migrate"}).code == 0);
  std::filesystem::rename(project.folder / "migrations/2_b.sql", project.folder / "migrations/3_b.sql");
  const Ran again = project.run({"migrate"});
  CHECK(again.code == 3);
  CHECK(holds(again.err, "3_b is what was applied as 2_b, whose file is gone"));
  CHECK(project.value("SELECT count(*) FROM a") == "1");
  CHECK(project.run({"repair", "2", "--pending"}).code == 0);
  CHECK(project.run({"repair", "3", "--applied"}).code == 0);
  CHECK(project.run({"migrate"}).code == 0);
  CHECK(project.value("SELECT count(*) FROM a") == "1");
}

TEST_CASE("migrate and validate refuse what verify does, before anything runs", "[commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  project.add("1_a.sql", "CREATE TABLE a (id int);\n");
  for (const char* text : {"SELECT 1;\nCOMMIT;\n", "", "SELECT ${n};\n", "SELECT :n;\n", "\\set n 1\nSELECT 1;\n",
                           "COPY a FROM stdin;\n1\n\\.\n"}) {
    INFO(text);
    project.add("2_b.sql", text);
    CHECK(project.run({"verify"}).code == 1);
    CHECK(project.run({"validate"}).code == 1);
    const Ran migrated = project.run({"migrate"});
    CHECK((migrated.code == 2 || migrated.code == 3));
    CHECK(holds(migrated.err, "2_b.sql:"));
    CHECK(project.value("SELECT to_regclass('a') IS NULL") == "t");
  }
  project.add("2_b.sql", "\\restrict x\nCREATE TABLE b (id int);\n\\unrestrict x\n");
  CHECK(project.run({"migrate"}).code == 0);
}
