// What status, list and JSON say of failures and of who is at work.
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/base/files.h"
#include "core/postgres/shadow.h"
#include "runner/lock.h"
#include "tests/catch.h"
#include "tests/program.h"
#include "tests/server_here.h"

using namespace quoin;
namespace fs = std::filesystem;
using nlohmann::json;

namespace {

/// A project folder with one migration, and a database.
struct Project {
  fs::path folder = fs::temp_directory_path() / concat("quoin-told-", std::to_string(getpid()));
  Shadow::Database database = server().create_database();

  Project() {
    fs::remove_all(folder);
    fs::create_directories(folder / "migrations");
    add("1_a.sql", "-- Up Migration\ncreate table a (x int);\n-- Down Migration\ndrop table missing;\n");
  }
  ~Project() { fs::remove_all(folder); }
  void add(const Text& name, std::string_view content) const { write_file(folder / "migrations" / name, content); }
  Ran run(const List& arguments) const {
    return run_quoin(arguments, folder, {concat("DATABASE_URL=", database.url())});
  }
};

}  // namespace

TEST_CASE("a migration that failed and left nothing is shown with its error until it runs", "[commands][live]") {
  if (no_server_here()) return;
  const Project project;
  project.add("2_b.sql", "create table b (x int);\ncreate table a (x int);\n");
  CHECK(project.run({"migrate"}).code == 2);
  const Ran list = project.run({"list"}), status = project.run({"status"});
  CHECK(holds(list.out, "failed"));
  CHECK_FALSE(holds(list.out, "pending"));
  CHECK(holds(list.out, "\n  relation \"a\" already exists\n"));
  CHECK(holds(status.out, "  failed  2_b  (failed at "));
  CHECK(holds(status.out, "nothing of it is kept: relation \"a\" already exists)"));
  CHECK(holds(status.out, "pending   1\n"));
  CHECK(project.run({"repair", "--failed"}).out ==
        "2_b failed, and nothing of it is kept: relation \"a\" already exists; the ledger needs no repair for it: quoin"
        " migrate runs it again\n");
  const json told = json::parse(project.run({"status", "--json"}).out);
  CHECK(told["version"] == "1");
  CHECK(told["applied"] == json{"1"});
  CHECK(told["pending"] == json{"2"});
  CHECK(told["failed"] == json{"2"});
  CHECK(told["errors"]["2"] == "relation \"a\" already exists");
  CHECK(told["running"].is_null());
  const json listed = json::parse(project.run({"list", "--json"}).out)["migrations"][1];
  CHECK(listed["version"] == "2");
  CHECK(listed["state"] == "failed");
  CHECK(listed["error"] == "relation \"a\" already exists");
  project.add("2_b.sql", "create table b (x int);\n");
  CHECK(project.run({"migrate"}).code == 0);
  CHECK_FALSE(holds(project.run({"list"}).out, "failed"));
}

TEST_CASE("status says who is at work", "[commands][live]") {
  if (no_server_here()) return;
  const Project project;
  const runner::LedgerLock lock(project.database.url(), "quoin.migrations", runner::Waiting{0, {}});
  CHECK(holds(project.run({"status"}).out, "running   postgres (quoin, process "));
  const json told = json::parse(project.run({"status", "--json"}).out);
  CHECK(holds(told["running"].get<Text>(), "postgres (quoin, process "));
  CHECK(told["version"].is_null());
}

TEST_CASE("what runs statement by statement is running while its runner lives, then failed with a way on",
          "[commands][live]") {
  if (no_server_here()) return;
  const Project project;
  project.add("2_b.sql", "create index concurrently a_x on a (x);\nselect pg_sleep(60);\n");
  Program runner({"migrate"}, project.folder, {concat("DATABASE_URL=", project.database.url())});
  Text shown;
  for (int tries = 0; tries < 400 && !holds(shown, "2_b"); ++tries) {
    usleep(50000);
    shown = project.run({"status"}).out;
    if (!holds(shown, "  running  2_b")) shown.clear();
  }
  CHECK(holds(shown, "  running  2_b"));
  CHECK_FALSE(holds(shown, "failed"));
  CHECK(holds(shown, "applied   1\n"));
  const json told = json::parse(project.run({"status", "--json"}).out);
  CHECK(told["at_work"] == json{"2"});
  CHECK(told["failed"] == json::array());
  CHECK(holds(project.run({"list"}).out, "running"));
  kill(runner.process(), SIGINT);
  CHECK(runner.wait().code != 0);
  shown = project.run({"status"}).out;
  CHECK(holds(shown, "  failed  2_b"));
  CHECK(holds(shown, "quoin migrate goes on with 2_b"));
  CHECK(holds(shown, "quoin repair 2 --applied, --pending or --done N"));
}

TEST_CASE("what another runner has in hand is no failure of the migration", "[commands][live]") {
  if (no_server_here()) return;
  const Project project;
  CHECK(project.run({"migrate"}).code == 0);
  project.add("2_b.sql", "create table b (x int);\n");
  postgres::Connection other = project.database.connect();
  other.execute(
      "begin; insert into quoin.migrations (version, name, description, checksum, status, execution_ms, error,"
      " statements_done, done_checksum) values ('2', 'b', '', '', 'applied', 0, '', 0, '')");
  const Ran refused = project.run({"migrate", "--wait", "1"});
  CHECK(refused.code == 3);
  CHECK(holds(refused.err, "another transaction is still at work on 2_b"));
  other.execute("rollback");
  CHECK_FALSE(holds(project.run({"status"}).out, "failed"));
  CHECK(other.query("select count(*) from quoin.log where action = 'failure'").text(0, 0) == "0");
}

TEST_CASE("a down that only the ledger has and that fails names the ways out, which lead out", "[commands][live]") {
  if (no_server_here()) return;
  const Project project;
  CHECK(project.run({"migrate"}).code == 0);
  fs::remove(project.folder / "migrations/1_a.sql");
  const Ran failed = project.run({"rollback", "-y"});
  CHECK(failed.code == 2);
  CHECK(holds(failed.err, "put a file of this version back with a Down section that works"));
  CHECK(holds(failed.err, "quoin repair 1 --pending"));
  project.add("1_a.sql", "-- Up Migration\ncreate table a (x int);\n-- Down Migration\ndrop table a;\n");
  CHECK(project.run({"rollback", "-y"}).code == 0);
  CHECK(holds(project.run({"list"}).out, "pending"));
}

TEST_CASE("no time is no time to wait", "[commands]") {
  const fs::path here = fs::temp_directory_path();
  for (const List& arguments : {List{"migrate"}, List{"rollback"}, List{"repair", "1", "--pending"}}) {
    List all = arguments;
    all.insert(all.end(), {"--wait", "-1", "--database", "postgresql://nobody@/nowhere"});
    const Ran ran = run_quoin(all, here);
    CHECK(ran.code == 64);
    CHECK(holds(ran.err, "--wait -1 is no time to wait"));
  }
}

TEST_CASE("JSON is one document a stream, with the hazards of what would run", "[commands][live]") {
  if (no_server_here()) return;
  const Project project;
  project.add("1_a.sql", "-- Up Migration\ncreate table a (x int);\n-- Down Migration\ndrop table a;\n");
  CHECK(project.run({"migrate"}).code == 0);
  project.add("2_b.sql", "create table b (x int);\n\ndrop table a;\n");
  project.add("notes.sql", "no version\n");
  const Ran up = project.run({"migrate", "--dry-run", "--json"});
  const json would = json::parse(up.out)["would_run"][0];
  CHECK(would["version"] == "2");
  REQUIRE(would["hazards"].size() == 1);
  CHECK(would["hazards"][0]["rule"] == "data-loss");
  CHECK(would["hazards"][0]["text"] == "drops table a");
  CHECK(would["hazards"][0]["place"]["line"] == 3);
  const json heard = json::parse(up.err);
  REQUIRE(heard["findings"].size() == 1);
  CHECK(holds(heard["findings"][0]["place"]["file"].get<Text>(), "notes.sql"));
  const Ran refused = project.run({"migrate", "--json"});
  CHECK(refused.code == 3);
  CHECK(json::parse(refused.err)["error"]["exit_code"] == 3);
  CHECK(json::parse(refused.err)["findings"].size() == 1);
  const json down = json::parse(project.run({"rollback", "--dry-run", "--json"}).out)["would_undo"][0];
  CHECK(down["version"] == "1");
  CHECK(down["hazards"][0]["text"] == "drops table a");
}

TEST_CASE("help answers in JSON where that is asked for", "[commands]") {
  const fs::path here = fs::temp_directory_path();
  const json all = json::parse(run_quoin({"help", "--json"}, here).out);
  CHECK(all["commands"].size() > 10);
  CHECK(all["subjects"].size() > 4);
  CHECK(json::parse(run_quoin({"help", "migrate", "--json"}, here).out)["command"]["name"] == "migrate");
  CHECK(json::parse(run_quoin({"--json", "help", "directives"}, here).out)["subject"]["name"] == "directives");
  const Ran unknown = run_quoin({"help", "nothing", "--json"}, here);
  CHECK(unknown.code == 64);
  CHECK(holds(json::parse(unknown.err)["error"]["message"].get<Text>(), "there is no help on"));
  CHECK(run_quoin({"completions", "bash", "--json"}, here).code == 64);
}

TEST_CASE("what the session decides and who sees which rows want leave too", "[commands][live]") {
  if (no_server_here()) return;
  const Project project;
  CHECK(project.run({"migrate"}).code == 0);
  project.add("2_b.sql",
              "-- WARNING(settings): the session's TimeZone decides\n"
              "alter table a alter x type bigint;\nalter table a enable row level security;\n"
              "create function f() returns int language sql as 'select 1';\n");
  const Ran refused = project.run({"migrate"});
  CHECK(refused.code == 3);
  CHECK(holds(refused.err, "2_b.sql:2:1: settings: the session's TimeZone decides"));
  CHECK(holds(refused.err, "2_b.sql:3:1: access: enables row security of a"));
  CHECK(holds(refused.err, "--allow settings,access"));
  CHECK(project.run({"migrate", "--allow", "settings,access"}).code == 0);
  project.add("20_d.sql", "create table d (at timestamp, day text, other timestamp);\n");
  CHECK(project.run({"migrate"}).code == 0);
  project.add(
      "21_d.sql",
      "-- WARNING(settings): column public.d.at from timestamp to timestamptz: the session's TimeZone decides\n"
      "-- WARNING(settings): column public.d.other from timestamp to timestamptz: the session's TimeZone decides\n"
      "alter table d alter at type timestamptz using at at time zone 'UTC', alter other type timestamptz;\n"
      "-- WARNING(settings): column public.d.day from text to date: the session's DateStyle decides\n"
      "alter table d alter day type date using to_date(day, 'DDMMYYYY');\n"
      "set local TimeZone = 'UTC';\n"
      "-- WARNING(settings): column public.d.at from timestamptz to timestamp: the session's TimeZone decides\n"
      "alter table d alter at type timestamp;\n");
  const Ran partly = project.run({"migrate"});
  INFO(partly.err);
  CHECK(holds(partly.err, "21_d.sql:3:1: settings: column public.d.other from timestamp"));
  CHECK(!holds(partly.err, "public.d.at"));
  CHECK(!holds(partly.err, "public.d.day"));
  CHECK(project.run({"migrate", "--allow", "settings"}).code == 0);
  project.add("30_c.sql", "alter function f() security definer;\nalter table a force row level security;\n");
  const Ran again = project.run({"migrate"});
  CHECK(holds(again.err, "30_c.sql:1:1: access: changes with whose privileges it runs: f"));
  CHECK(holds(again.err, "30_c.sql:2:1: access: changes whether row security binds the owner of a"));
}

TEST_CASE("status says what migrate would do next, or why it would do nothing", "[commands][live]") {
  if (no_server_here()) return;
  const Project project;
  CHECK(holds(project.run({"status"}).out, "next: quoin migrate runs 1 migration\n"));
  CHECK(project.run({"migrate"}).code == 0);
  CHECK(!holds(project.run({"status"}).out, "next:"));
  project.add("0_before.sql", "select 1;\n");
  const Text late = project.run({"status"}).out;
  CHECK(holds(late, "quoin migrate runs nothing as it stands: "));
  CHECK(holds(late, "--out-of-order"));
  fs::remove(project.folder / "migrations" / "0_before.sql");
  project.add("1_a.sql", "-- Up Migration\ncreate table a (x int, y int);\n");
  CHECK(holds(project.run({"status"}).out, "put the file back as it was"));
  CHECK(json::parse(project.run({"status", "--json"}).out)["refuses"].is_string());
}

TEST_CASE("whatever is asked with --json is answered in JSON, and a refusal to undo names what would be lost",
          "[commands][live]") {
  const fs::path here = fs::temp_directory_path();
  for (const List& asked : {List{"--version", "--json"}, {"--json", "--version"}})
    CHECK(json::parse(run_quoin(asked, here).out)["version"].is_string());
  CHECK(json::parse(run_quoin({"help", "yaml", "--json"}, here).out)["subject"]["kinds"].size() > 10);
  CHECK(json::parse(run_quoin({"migrate", "--help", "--json"}, here).out)["command"]["name"] == "migrate");
  CHECK(json::parse(run_quoin({"--help", "--json"}, here).out)["commands"].size() > 5);
  if (no_server_here()) return;
  const Project project;
  project.add("2_b.sql", "-- Up Migration\ncreate table b (x int);\n-- Down Migration\ndrop table b;\n");
  CHECK(project.run({"migrate"}).code == 0);
  const Ran refused = project.run({"rollback", "--json"});
  CHECK(refused.code == 3);
  CHECK(holds(json::parse(refused.err)["error"]["detail"].get<Text>(), "data-loss: drops table b"));
}
