// `manage` in quoin.yaml as a user meets it: mistakes in it, and what snapshot, reset, sync and preflight make of it.
#include "kinds/list.h"
#include "project/pattern.h"
#include "tests/commands_project.h"
#include "tests/config_mistakes.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {
void configure(const CommandsProject& project, const Text& text) { write_file(project.folder / "quoin.yaml", text); }

bool fits(const char* pattern, Id id) {
  std::optional<BadPattern> bad;
  const bool result = Pattern::read(pattern, bad).fits(id);
  INFO(pattern);
  CHECK_FALSE(bad);
  return result;
}
}  // namespace

TEST_CASE("a pattern is a kind and a name as SQL folds it", "[manage]") {
  Ids ids;
  const Id app = ids.of(schema_kind, Id(), "app"), odd = ids.of(table_kind, app, "Odd*One"),
           orders = ids.of(table_kind, app, "orders"), id = ids.of(column_kind, orders, "id"),
           f = ids.of(function_kind, app, "f", "(integer, text)"), mood = ids.of(enum_kind, app, "mood"),
           check = ids.of(check_kind, orders, "positive"), comment = ids.of(comment_kind, orders, "");
  for (const char* one : {"table app.orders", "TABLE App.Orders", "app.ord*", "*.orders", "orders", "app.o?ders", "*"})
    CHECK(fits(one, orders));
  for (const char* other : {"view app.orders", "app.\"Orders\"", "app.order", "public.orders", "app.\"ord*\""})
    CHECK_FALSE(fits(other, orders));
  CHECK(fits("\"Odd*One\"", odd));
  CHECK_FALSE(fits("odd*one", odd));
  CHECK(fits("app.\"O\"*", odd));
  CHECK(fits("schema app", app));
  CHECK_FALSE(fits("orders.id", id));
  CHECK(fits("column orders.id", id));
  CHECK(fits("function app.f(integer, text)", f));
  CHECK_FALSE(fits("function app.f(integer)", f));
  CHECK(fits("app.f", f));
  CHECK(fits("type app.*", mood));
  CHECK(fits("constraint positive", check));
  CHECK(fits("check orders.*", check));
  CHECK(fits("comment orders", comment));
  const Text hostile(3000, 'a');
  CHECK_FALSE(fits("*a*a*a*a*a*a*a*a*a*a*b", ids.of(table_kind, app, hostile)));
}

TEST_CASE("mistakes in manage are told with their line and what is near", "[manage]") {
  CHECK(holds(mistakes_in("manage:\n  objects:\n    - exclude: tabel public.x\n"), ":3:16"));
  CHECK(holds(mistakes_in("manage:\n  objects:\n    - exclude: tabel public.x\n"), "did you mean table?"));
  CHECK(holds(mistakes_in("manage:\n  objects:\n    - exclud: table public.x\n"), "did you mean exclude?"));
  CHECK(holds(mistakes_in("manage:\n  object: []\n"), "did you mean objects?"));
  CHECK(holds(mistakes_in("manage:\n  objects:\n    - table public.x\n"), "takes one of include and exclude"));
  CHECK(holds(mistakes_in("manage:\n  objects:\n    - exclude: 'public.\"x'\n"), "is no pattern"));
  CHECK(holds(mistakes_in("manage:\n  objects:\n    - exclude: public..x\n"), "is no pattern"));
  CHECK(holds(mistakes_in("manage: [x]\n"), "manage takes a map"));
  CHECK(mistakes_in("manage:\n  objects:\n    - exclude: materialized view public.x_*\n") == "none");
}

TEST_CASE("a snapshot leaves out what is not managed, and says what needs it", "[manage][commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  configure(project, "manage:\n  objects:\n    - exclude: table audit_*\n");
  project.database->connect().execute(
      "CREATE TABLE audit_log (id serial PRIMARY KEY, what text); CREATE TABLE kept (id int);"
      "CREATE VIEW seen AS SELECT what FROM audit_log;");
  for (const char* format : {"yaml", "sql", "json", "mermaid"}) {
    const Ran ran = project.run({"snapshot", "--format", format});
    INFO(format << "\n" << ran.out << ran.err);
    CHECK(ran.code == 0);
    CHECK(holds(ran.out, "kept"));
    CHECK_FALSE(holds(ran.out, "audit_log_id_seq"));
    CHECK_FALSE(holds(ran.out, "\"name\": \"audit_log\""));
    CHECK_FALSE(holds(ran.out, "CREATE TABLE public.audit_log"));
    CHECK(holds(ran.err, "view public.seen needs it: table public.audit_log"));
    CHECK(holds(ran.err, "quoin.yaml:3"));
  }
  CHECK(project.run({"snapshot"}).code == 0);
  CHECK_FALSE(holds(read_file(project.folder / "DATABASE.md"), "audit_log_pkey"));
  fs::create_directories(project.folder / "schemas");
  write_file(project.folder / "schemas/public.yaml", project.run({"snapshot", "--format", "yaml"}).out);
  const Ran none = project.run({"diff"});
  INFO(none.out << none.err);
  CHECK(holds(none.err, "no difference"));
  CHECK(project.run({"sync", "-y"}).code == 0);
  CHECK(project.value("SELECT count(*) FROM audit_log") == "0");
}

TEST_CASE("reset drops nothing that is not managed, nor what that needs", "[manage][commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  configure(project,
            "manage:\n  objects:\n    - exclude: table audit.*\n    - exclude: function f(integer, text)\n"
            "    - exclude: schema kept\n    - exclude: '\"Odd, One\"'\n");
  project.database->connect().execute(
      "CREATE SCHEMA audit; CREATE TABLE audit.entries (id serial, what text); CREATE TABLE audit.users (id int);"
      "CREATE VIEW audit.seen AS SELECT 1 AS one; CREATE FUNCTION f(integer, text) RETURNS int LANGUAGE sql AS "
      "'select 1';"
      "CREATE FUNCTION f(integer) RETURNS int LANGUAGE sql AS 'select 1'; CREATE TABLE gone (id int);"
      "CREATE SCHEMA kept; CREATE SCHEMA lost; CREATE TABLE lost.t (id int); CREATE TABLE \"Odd, One\" (id int)");
  const Ran shown = project.run({"reset", "--drop-schema", "--dry-run"});
  INFO(shown.out << shown.err);
  CHECK(holds(shown.out + shown.err, "what is managed in schema audit (1 object)"));
  const Ran ran = project.run({"reset", "--drop-schema", "-y"});
  INFO(ran.out << ran.err);
  CHECK(ran.code == 0);
  CHECK(project.value(
            "SELECT count(*) FROM pg_class WHERE relname IN ('entries', 'users', 'entries_id_seq', 'Odd, One')") ==
        "4");
  CHECK(project.value("SELECT count(*) FROM pg_class WHERE relname IN ('seen', 'gone', 't')") == "0");
  CHECK(project.value("SELECT string_agg(oid::regprocedure::text, ' ') FROM pg_proc WHERE proname = 'f'") ==
        "f(integer,text)");
  CHECK(project.value("SELECT count(*) FROM pg_namespace WHERE nspname IN ('audit', 'kept')") == "2");
  CHECK(project.value("SELECT count(*) FROM pg_namespace WHERE nspname = 'lost'") == "0");
}

TEST_CASE("reset is refused where something that is not managed would go along", "[manage][commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  configure(project, "manage:\n  objects:\n    - exclude: audit_*\n");
  auto connection = project.database->connect();
  connection.execute("CREATE TABLE users (id int PRIMARY KEY)");
  for (const auto& [made, named] :
       {std::pair{"VIEW audit_view AS SELECT id FROM users", "view audit_view"},
        std::pair{"TABLE audit_log (user_id int REFERENCES users)", "audit_log_user_id_fkey on table audit_log"}}) {
    connection.execute(concat("CREATE ", made));
    const Ran ran = project.run({"reset", "--drop-schema", "-y"});
    INFO(ran.out << ran.err);
    CHECK(ran.code == 3);
    CHECK(holds(ran.err, named));
    connection.execute("DROP VIEW IF EXISTS audit_view");
  }
  CHECK(project.value("SELECT count(*) FROM users") == "0");
}

TEST_CASE("tables of other tools are left alone unless manage includes them by name", "[manage][commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  project.database->connect().execute(
      "CREATE TABLE schema_migrations (version varchar(128) PRIMARY KEY); CREATE TABLE kept (id int)");
  fs::create_directories(project.folder / "schemas");
  write_file(project.folder / "schemas/public.yaml", "tables:\n  kept: { columns: { id: integer } }\n");
  for (const char* text : {"", "manage:\n  objects:\n    - include: public.*\n"}) {
    configure(project, text);
    const Ran diff = project.run({"diff"});
    INFO(diff.out << diff.err);
    CHECK(holds(diff.err, "no difference"));
    const Ran snapshot = project.run({"snapshot", "--format", "yaml"});
    CHECK_FALSE(holds(snapshot.out, "schema_migrations"));
    CHECK(holds(snapshot.err, "public.schema_migrations is left alone"));
  }
  configure(project, "manage:\n  objects:\n    - include: table public.schema_migrations\n");
  CHECK(holds(project.run({"diff"}).out, "DROP TABLE public.schema_migrations"));
  CHECK(holds(project.run({"snapshot", "--format", "yaml"}).out, "schema_migrations"));
}

TEST_CASE("preflight finds no drift in what is not managed", "[manage][commands][live]") {
  CommandsProject project;
  if (!project.live()) return;
  project.add("1_a.sql", "CREATE TABLE kept (id int);");
  CHECK(project.run({"migrate"}).code == 0);
  project.database->connect().execute("CREATE TABLE audit_log (id int)");
  CHECK(holds(project.run({"preflight"}).out, "table public.audit_log"));
  configure(project, "manage:\n  objects:\n    - exclude: table audit_*\n");
  const Ran ran = project.run({"preflight"});
  INFO(ran.out << ran.err);
  CHECK_FALSE(holds(ran.out + ran.err, "audit_log"));
}
