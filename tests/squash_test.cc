// squash: migrations folded into a baseline, and databases that ran all, part or none of what it replaces.
#include <algorithm>
#include <csignal>
#include <thread>

#include "tests/commands_project.h"

using namespace quoin;

namespace {

struct SquashProject : CommandsProject {
  bool live_with_three() {
    add("1_a.sql",
        "-- Up Migration\nCREATE TYPE mood AS ENUM ('ok');\n"
        "CREATE TABLE a (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, m mood, at timestamptz DEFAULT now());\n"
        "INSERT INTO a (m) VALUES ('ok'), ('ok');\n-- Down Migration\nDROP TABLE a;\nDROP TYPE mood;\n");
    add("2_b.sql",
        "-- Up Migration\nALTER TABLE a ADD COLUMN note text;\nUPDATE a SET note = 'n' WHERE id = 1;\n"
        "-- Down Migration\nALTER TABLE a DROP COLUMN note;\n");
    add("3_c.sql", "-- Up Migration\nCREATE TABLE c (id int);\n-- Down Migration\nDROP TABLE c;\n");
    return live();
  }
  Ran done(const List& arguments) const {
    Ran ran = run(arguments);
    INFO(join(arguments, " ") << "\n" << ran.out << ran.err);
    CHECK(ran.code == 0);
    return ran;
  }
  Ran refused(const List& arguments, std::string_view why) const {
    Ran ran = run(arguments);
    INFO(join(arguments, " ") << "\n" << ran.out << ran.err);
    CHECK(ran.code == 3);
    CHECK(ran.err.find(why) != Text::npos);
    return ran;
  }
  bool has(const Text& name) const { return std::filesystem::exists(folder / "migrations" / name); }
};

}  // namespace

TEST_CASE("a database that ran all that a baseline replaces takes it as applied", "[squash][live]") {
  SquashProject project;
  if (!project.live_with_three()) return;
  project.done({"migrate", "--to", "2"});
  CHECK(project.done({"squash", "--to", "2", "--dry-run"}).out.find("would write") != Text::npos);
  CHECK_FALSE(project.has("2_baseline.sql"));
  project.done({"squash", "--to", "2"});
  CHECK(project.has("1_a.sql"));
  CHECK(project.done({"status"}).out.find("missing") == Text::npos);
  project.done({"migrate"});
  CHECK(project.value("SELECT count(*) FROM a") == "2");
  CHECK(project.value("SELECT name FROM quoin.migrations WHERE version = '2'") == "baseline");
  CHECK(project.value("SELECT count(*) FROM quoin.log WHERE action = 'baseline' AND version = '2'") == "1");
  CHECK(project.value("SELECT to_regclass('c') IS NOT NULL") == "t");
  project.done({"migrate"});
  project.done({"validate", "--shadow", "off"});
  project.done({"rollback", "-y"});
  project.refused({"rollback", "-y"}, "cannot be undone: it stands for the migrations that it replaces");
  project.done({"migrate"});
}

TEST_CASE("a new database runs the baseline, which brings the rows too", "[squash][live]") {
  SquashProject project;
  if (!project.live_with_three()) return;
  project.done({"squash", "--to", "2_b", "--remove"});
  CHECK_FALSE(project.has("1_a.sql"));
  CHECK_FALSE(project.has("2_b.sql"));
  project.done({"migrate"});
  CHECK(project.value("SELECT count(*) FROM a WHERE note = 'n'") == "1");
  CHECK(project.value("SELECT count(*) FROM quoin.migrations") == "2");
  project.done({"validate"});
  CHECK(project.done({"status", "--exit-code"}).out.find("missing") == Text::npos);
}

TEST_CASE("a database that has part of what a baseline replaces, or another file, is told how to go on",
          "[squash][live]") {
  SquashProject project;
  if (!project.live_with_three()) return;
  project.done({"migrate", "--to", "1"});
  project.done({"squash", "--to", "2"});
  const Ran part = project.refused({"migrate"}, "it lacks 2");
  CHECK(part.err.find("migrate --to 2") != Text::npos);
  CHECK(project.run({"status", "--exit-code"}).code == 3);
  project.value("UPDATE quoin.migrations SET checksum = 'x' WHERE version = '1' RETURNING 1");
  project.refused({"migrate"}, "the checksum is another");
  CHECK(project.value("SELECT to_regclass('c') IS NULL") == "t");
}

TEST_CASE("a database that ran an original of another checksum is led out by what each message says",
          "[squash][live]") {
  SquashProject project;
  if (!project.live_with_three()) return;
  project.done({"migrate"});
  project.add("1_a.sql", read_text((project.folder / "migrations" / "1_a.sql").string()) + "-- reviewed\n");
  CHECK(holds(project.done({"squash", "--to", "3"}).out, "proven: leads where 3 migrations lead"));
  const Text status = project.run({"status"}).out;
  INFO(status);
  CHECK_FALSE(holds(status, "its file is gone"));
  CHECK(holds(status, "replaced  1_a  (ran here as another than the file that 3_baseline replaces)"));
  CHECK_FALSE(holds(status, "replaced  2_b"));
  CHECK(holds(status, "quoin repair --checksums, then quoin migrate"));
  CHECK(holds(project.run({"validate", "--shadow", "off"}).out, "not all stands here as it was"));
  const Text told = project.done({"repair"}).out;
  CHECK(holds(told, "1_a ran here as another than the file that 3_baseline replaces"));
  CHECK_FALSE(holds(told, "--missing"));
  CHECK_FALSE(holds(told, "3_baseline.sql was changed"));
  CHECK(holds(project.done({"repair", "--checksums"}).out, "took 1_a as the file that 3_baseline replaces"));
  CHECK(holds(project.done({"migrate"}).err, "taken as applied 3_baseline"));
  CHECK(holds(project.done({"status", "--exit-code"}).out, "applied   1, of which 3_baseline stands for 3 migrations"));
  CHECK(holds(project.done({"log"}).out, "the 3 migrations that it replaces ran here"));
}

TEST_CASE("an original of another checksum is said to be the replaced file by its version too", "[squash][live]") {
  SquashProject project;
  if (!project.live_with_three()) return;
  project.done({"migrate"});
  project.add("3_c.sql", read_text((project.folder / "migrations" / "3_c.sql").string()) + "-- reviewed\n");
  project.add("2_b.sql", read_text((project.folder / "migrations" / "2_b.sql").string()) + "-- reviewed\n");
  project.done({"squash", "--to", "3", "--remove"});
  CHECK(holds(project.run({"status"}).out, "changed  3_baseline  (ran here as another than the file that"));
  project.done({"repair", "2", "--applied"});
  CHECK(holds(project.done({"repair"}).out, "3_c ran here as another"));
  project.done({"repair", "--checksums"});
  project.done({"migrate"});
  project.done({"status", "--exit-code"});
}

TEST_CASE("where a database lacks what a baseline replaces, repair proposes nothing that loses what it has",
          "[squash][live]") {
  SquashProject project;
  if (!project.live_with_three()) return;
  project.done({"migrate", "--to", "2"});
  project.done({"squash", "--to", "3"});
  const Text status = project.run({"status"}).out, told = project.done({"repair"}).out;
  INFO(status << told);
  CHECK_FALSE(holds(status, "its file is gone"));
  CHECK_FALSE(holds(told, "--missing"));
  CHECK(holds(told, "it lacks 3"));
  project.done({"repair", "--missing", "--checksums"});
  CHECK(project.value("SELECT count(*) FROM quoin.migrations") == "2");
  std::filesystem::rename(project.folder / "migrations" / "3_baseline.sql", project.folder / "kept.sql");
  project.done({"migrate", "--to", "3"});
  std::filesystem::rename(project.folder / "kept.sql", project.folder / "migrations" / "3_baseline.sql");
  project.done({"migrate"});
  project.done({"status", "--exit-code"});
}

TEST_CASE("a baseline that was changed by hand is no proof of what a database ran", "[squash][live]") {
  SquashProject project;
  if (!project.live_with_three()) return;
  project.done({"migrate", "--to", "2"});
  project.done({"squash", "--to", "2", "--remove"});
  const Text file = (project.folder / "migrations" / "2_baseline.sql").string();
  const Text proven = read_text(file);
  project.add("2_baseline.sql", proven + "CREATE TABLE d (id int);\n");
  const Ran changed = project.run({"migrate"});
  CHECK(changed.code == 2);
  CHECK(changed.err.find("was changed since it was proven") != Text::npos);
  CHECK(project.value("SELECT name FROM quoin.migrations WHERE version = '2'") == "b");
  project.add("2_baseline.sql", "-- For people.\n" + proven);
  project.done({"migrate"});
  CHECK(project.value("SELECT name FROM quoin.migrations WHERE version = '2'") == "baseline");
  project.add("2_baseline.sql", proven.substr(proven.find('\n') + 1));
  const Ran taken = project.run({"status"});
  INFO(taken.out << taken.err);
  CHECK(holds(taken.out, "changed  2_baseline"));
  CHECK_FALSE(holds(taken.out, "missing"));
  CHECK_FALSE(holds(taken.out, "only part"));
  project.done({"repair", "--checksums"});
  project.done({"migrate"});
}

TEST_CASE("a squash refuses what it cannot prove", "[squash][live]") {
  SquashProject project;
  if (!project.live_with_three()) return;
  project.add(
      "2_b.sql",
      "-- Up Migration\nINSERT INTO a (m) VALUES ('ok');\nCREATE RULE kept AS ON INSERT TO a DO INSTEAD NOTHING;\n");
  project.refused({"squash", "--to", "2"}, "in public.a");
  CHECK_FALSE(project.has("2_baseline.sql"));
  project.done({"squash", "--to", "2", "--without-rows"});
  project.refused({"squash", "--to", "2"}, "a baseline already");
  project.refused({"squash", "--to", "3", "--shadow", "off"}, "no throw-away server");
  CHECK(project.run({"squash"}).code == 64);
  project.add("1_a.sql", "-- Up Migration\nSELECT 2;\n");
  CHECK(project.run({"status"}).err.find("was changed since") != Text::npos);
}

TEST_CASE("rows whose statements cannot run at the end are written as they are", "[squash][live]") {
  SquashProject project;
  project.add(
      "1_a.sql",
      "-- Up Migration\nCREATE TABLE kind (name text PRIMARY KEY, above text REFERENCES kind);\n"
      "CREATE TABLE \"A b\" (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, kind text REFERENCES kind,\n"
      "  n numeric, twice numeric GENERATED ALWAYS AS (n * 2) STORED, tags text[], raw bytea, yes bool, j jsonb,\n"
      "  made timestamptz DEFAULT now(), was text);\n"
      "INSERT INTO kind VALUES ('it''s', 'top\\n'), ('top\\n', NULL);\n"
      "DO $$ BEGIN INSERT INTO \"A b\" (kind, n, tags, raw, yes, j) VALUES\n"
      "  ('it''s', -1.50, '{\"a,b\",NULL}', '\\x00ff', true, '{\"a\": 1}'), (NULL, 'NaN', NULL, NULL, NULL, 'null');\n"
      "END $$;\n");
  project.add("2_b.sql",
              "-- Up Migration\nUPDATE \"A b\" SET was = 'x' WHERE n < 0;\nALTER TABLE \"A b\" RENAME was TO became;\n"
              "CREATE FUNCTION loud() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;\n"
              "CREATE TRIGGER loud BEFORE INSERT ON \"A b\" FOR EACH ROW EXECUTE FUNCTION loud();\n"
              "ALTER TABLE \"A b\" ENABLE ALWAYS TRIGGER loud;\n");
  if (!project.live()) return;
  const Ran squash = project.done({"squash", "--to", "2", "--remove"});
  CHECK(squash.out.find("rows are written as the migrations leave them") != Text::npos);
  CHECK(squash.out.find("not compared") == Text::npos);
  project.done({"migrate"});
  CHECK(
      project.value("SELECT string_agg(concat_ws('|', id, kind, n, twice, tags, raw, yes, j, became), ' ' ORDER BY id)"
                    " FROM \"A b\"") == "1|it's|-1.50|-3.00|{\"a,b\",NULL}|\\x00ff|t|{\"a\": 1}|x 2|NaN|NaN|null");
  CHECK(project.value("SELECT tgenabled FROM pg_trigger WHERE tgname = 'loud'") == "A");
  CHECK(project.value("SELECT nextval(pg_get_serial_sequence('\"A b\"', 'id'))") == "3");
}

TEST_CASE("a baseline puts sequences where they stand, and compares what has odd names", "[squash][live]") {
  SquashProject project;
  project.add(
      "1_a.sql",
      "-- Up Migration\nCREATE TABLE t (r int GENERATED BY DEFAULT AS IDENTITY, v text DEFAULT md5(random()::text));\n"
      "INSERT INTO t (v) VALUES ('a');\nINSERT INTO t DEFAULT VALUES;\n"
      "ALTER TABLE t ALTER r RESTART WITH 1000;\nCREATE SEQUENCE s;\nSELECT setval('s', 50, false);\n");
  project.add("2_b.sql",
              "-- Up Migration\nCREATE TABLE u (r int, w text);\nINSERT INTO u VALUES (1, 'a');\n"
              "DO $$ BEGIN UPDATE u SET w = 'b'; END $$;\n");
  if (!project.live()) return;
  const Text out = project.done({"squash", "--to", "1", "--name", "one", "--dry-run"}).out;
  CHECK(out.find("not compared, since no two runs agree in them: public.t.v") != Text::npos);
  project.done({"squash", "--to", "2", "--remove"});
  project.done({"migrate"});
  CHECK(project.value("SELECT count(*) FROM t") == "2");
  CHECK(project.value("SELECT w FROM u") == "b");
  CHECK(project.value("SELECT nextval('t_r_seq')") == "1000");
  CHECK(project.value("SELECT nextval('s')") == "50");
}

TEST_CASE("a squash refuses roles, databases and large objects wherever they are made", "[squash][live]") {
  SquashProject project;
  project.add("1_a.sql", "-- Up Migration\nDO $$ BEGIN EXECUTE 'CREATE  ROLE x'; END $$;\n");
  if (!project.live()) return;
  project.refused({"squash", "--to", "1"}, "about roles");
  project.add("1_a.sql", "-- Up Migration\nALTER ROLE a RENAME TO b;\n");
  project.refused({"squash", "--to", "1"}, "about roles");
  project.add("1_a.sql", "-- Up Migration\nCREATE TABLE t (o oid);\nINSERT INTO t VALUES (lo_create(4711));\n");
  project.refused({"squash", "--to", "1"}, "large objects");
  project.add("1_a.sql", "-- Up Migration\nCREATE TABLE t (o oid);\nDROP TABLE t;\n");
  project.refused({"squash", "--to", "1"}, "come to nothing");
  Text wide = "-- Up Migration\nCREATE TABLE t (c0 int";
  for (int i = 1; i < 120; ++i) wide += concat(", c", std::to_string(i), " int");
  project.add("1_a.sql", concat(wide, ");\nDO $$ BEGIN INSERT INTO t (c0) VALUES (1); END $$;\n"));
  project.done({"squash", "--to", "1"});
}

TEST_CASE("a baseline of a baseline, for databases at any state of it", "[squash][live]") {
  SquashProject project;
  if (!project.live_with_three()) return;
  const auto other = Shadow::start({})->create_database(), fresh = Shadow::start({})->create_database();
  project.done({"migrate", "--database", other.url()});  // never sees the first baseline
  project.done({"squash", "--to", "2"});
  project.done({"migrate"});  // begins with it
  const Ran squash = project.done({"squash", "--to", "3", "--remove", "--name", "all"});
  CHECK(squash.out.find("not compared, since no two runs agree in them: public.a.at") != Text::npos);
  CHECK_FALSE(project.has("2_baseline.sql"));
  CHECK_FALSE(project.has("1_a.sql"));  // which the first baseline left there
  for (const Text& url : {Text(), other.url(), fresh.url()}) {
    const List where = url.empty() ? List{} : List{"--database", url};
    const auto with = [&](List words) {
      words.insert(words.end(), where.begin(), where.end());
      return words;
    };
    project.done(with({"migrate"}));
    const Text told = project.done(with({"status"})).out;
    INFO(told);
    CHECK(told.find("applied   1, of which 3_all stands for 3 migrations\n") != Text::npos);
    CHECK(told.find("missing") == Text::npos);
  }
  CHECK(project.value("SELECT count(*) FROM a") == "2");
  CHECK(other.connect().query("SELECT count(*) FROM a").text(0, 0) == "2");
  CHECK(fresh.connect().query("SELECT count(*) FROM a").text(0, 0) == "2");
}

TEST_CASE("a squash that is killed leaves the old folder or the new one", "[squash][live]") {
  SquashProject project;
  if (!project.live_with_three()) return;
  for (int wait = 0; wait < 12; ++wait) {
    Program squash({"squash", "--to", "2", "--remove"}, project.folder, project.environment());
    std::this_thread::sleep_for(std::chrono::milliseconds(60 + 150 * wait));
    kill(squash.process(), SIGKILL);
    squash.wait();
    const bool is_new = project.has("2_baseline.sql");
    CHECK((is_new || (project.has("1_a.sql") && project.has("2_b.sql"))));
    project.done({"verify"});
    if (is_new) break;
  }
  project.done({"migrate"});
  CHECK(project.value("SELECT count(*) FROM a") == "2");
}

TEST_CASE("a take-over that is killed leaves the ledger true", "[squash][live]") {
  SquashProject project;
  if (!project.live_with_three()) return;
  project.done({"migrate", "--to", "2"});
  project.done({"squash", "--to", "2", "--remove"});
  for (int wait = 0; wait < 15; ++wait) {
    Program migrate({"migrate"}, project.folder, project.environment());
    std::this_thread::sleep_for(std::chrono::milliseconds(40 + 4 * wait));
    kill(migrate.process(), SIGKILL);
    migrate.wait();
    const Text name = project.value("SELECT name FROM quoin.migrations WHERE version = '2'");
    const Text lines = project.value("SELECT count(*) FROM quoin.log WHERE action = 'baseline'");
    CHECK(((name == "b" && lines == "0") || (name == "baseline" && lines == "1")));
  }
  project.done({"migrate"});
  CHECK(project.value("SELECT count(*) FROM quoin.log WHERE action = 'baseline'") == "1");
  CHECK(project.value("SELECT count(*) FROM quoin.migrations") == "3");
  project.done({"validate", "--shadow", "off"});
}

TEST_CASE("squash fills materialized views, and refuses what a baseline does not hold", "[squash][live]") {
  SquashProject project;
  project.add("1_a.sql", "-- Up Migration\nCREATE TABLE t (a int);\nINSERT INTO t VALUES (1), (2);\n");
  project.add("2_b.sql", "-- Up Migration\nCREATE MATERIALIZED VIEW seen AS SELECT a FROM t;\n");
  project.add("3_c.sql", "-- Up Migration\nSELECT lo_create(4243);\n");
  project.add("4_d.sql", "-- Up Migration\nALTER ROLE CURRENT_USER SET work_mem = '7MB';\n");
  if (!project.live()) return;
  project.refused({"squash", "--to", "3", "--dry-run"}, "large objects");
  project.refused({"squash", "--to", "4", "--dry-run"}, "about roles");
  project.done({"squash", "--to", "2", "--remove"});
  project.done({"migrate", "--to", "2"});
  CHECK(project.value("SELECT count(*) FROM seen") == "2");
}

TEST_CASE("squash writes no value of a placeholder", "[squash][live]") {
  SquashProject project;
  project.add("1_a.sql", "-- Up Migration\nCREATE TABLE t (a text);\nINSERT INTO t VALUES (${pw});\n");
  if (!project.live()) return;
  const Ran ran = project.refused({"--set", "pw='hunter2'", "squash", "--to", "1", "--dry-run", "-v"}, "placeholders");
  CHECK(concat(ran.out, ran.err).find("hunter2") == Text::npos);
}

TEST_CASE("a baseline has the form of the folder that it lies in", "[squash][live]") {
  struct Form {
    std::string_view layout, first, second, third, head, baseline;
  };
  const Form forms[] = {
      {"dbmate", "1_a.sql", "2_b.sql", "3_c.sql", "-- migrate:up\n", "2_baseline.sql"},
      {"goose", "1_a.sql", "2_b.sql", "3_c.sql", "-- +goose Up\n", "2_baseline.sql"},
      {"sql-migrate", "1_a.sql", "2_b.sql", "3_c.sql", "-- +migrate Up\n", "2_baseline.sql"},
      {"tern", "001_a.sql", "002_b.sql", "003_c.sql", "", "002_baseline.sql"},
      {"flyway", "V1__a.sql", "V1.2__b.sql", "V3__c.sql", "", "V1.2__baseline.sql"},
      {"golang-migrate", "1_a.up.sql", "2_b.up.sql", "3_c.up.sql", "", "2_baseline.up.sql"},
      {"diesel", "1_a/up.sql", "2_b/up.sql", "3_c/up.sql", "", "2_baseline/up.sql"},
  };
  for (const Form& form : forms) {
    INFO(form.layout);
    SquashProject project;
    const Text tail = form.layout == "tern" ? "---- create above / drop below ----\nDROP TABLE c;\n" : "";
    const auto add = [&](std::string_view name, std::string_view sql) {
      std::filesystem::create_directories((project.folder / "migrations" / name).parent_path());
      project.add(Text(name), concat(form.head, sql));
    };
    add(form.first,
        "CREATE TABLE a (id int, note text DEFAULT '{{y}}');\nINSERT INTO a VALUES (1);\n"
        "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; RETURN 2; END $$;\n");
    add(form.second, "ALTER TABLE a ADD COLUMN more int DEFAULT 3;\n");
    add(form.third, "CREATE TABLE c (id int);\n" + tail);
    if (form.layout == "golang-migrate") add("2_b.down.sql", "ALTER TABLE a DROP COLUMN more;\n");
    if (form.layout == "diesel") add("2_b/down.sql", "ALTER TABLE a DROP COLUMN more;\n"), add("1_a/seed.csv", "1");
    if (!project.live()) return;
    const List layout{"--layout", Text(form.layout)};
    const auto with = [&](List arguments) {
      arguments.insert(arguments.end(), layout.begin(), layout.end());
      return arguments;
    };
    const Text second = form.layout == "flyway" ? "1.2" : "2";
    project.done(with({"migrate", "--to", second}));
    project.done(with({"squash", "--to", second}));
    CHECK(project.has(Text(form.baseline)));
    project.done(with({"migrate"}));
    CHECK(project.value("SELECT to_regclass('c') IS NOT NULL") == "t");
    CHECK(project.value("SELECT count(*) FROM quoin.migrations WHERE name = 'baseline'") == "1");
    std::filesystem::remove(project.folder / "migrations" / form.baseline);
    if (form.layout == "diesel") std::filesystem::remove(project.folder / "migrations" / "2_baseline");
    project.done(with({"squash", "--to", second, "--remove"}));
    CHECK_FALSE(project.has(Text(form.first)));
    CHECK_FALSE(project.has("2_b.down.sql"));
    CHECK_FALSE(project.has("2_b"));
    CHECK(project.has("1_a/seed.csv") == (form.layout == "diesel"));
    REQUIRE(project.live());
    project.done(with({"migrate"}));
    CHECK(project.value("SELECT f() || note || more FROM a") == "2{{y}}3");
    CHECK(project.value("SELECT count(*) FROM quoin.migrations") == "2");
  }
}
