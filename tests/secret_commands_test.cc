// Nothing that leaves the process holds a password: what the commands print, write and keep in the ledger.
#include <unistd.h>

#include <csignal>
#include <filesystem>

#include "core/base/files.h"
#include "core/postgres/postgres.h"
#include "core/postgres/shadow.h"
#include "tests/catch.h"
#include "tests/program.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {

struct Project {
  fs::path folder = fs::temp_directory_path() / concat("quoin-secret-", std::to_string(getpid()));
  Project() {
    fs::remove_all(folder);
    fs::create_directories(folder / "migrations");
  }
  ~Project() { fs::remove_all(folder); }
  void add(const Text& name, std::string_view content) const { write_file(folder / "migrations" / name, content); }
  Text said(const List& arguments, const List& environment = {}) const {
    const Ran ran = run_quoin(arguments, folder, environment);
    CHECK(ran.code != 0);
    return ran.out + ran.err;
  }
};

}  // namespace

TEST_CASE("the real error is told, where a password is a word or the user's name", "[secret][commands]") {
  const Project project;
  for (const char* credentials : {"shop:shop", "postgres:postgres", "app:password", "app:connection", "app:tiger9"}) {
    INFO(credentials);
    const Text said = project.said({"status", "--database", concat("postgres://", credentials, "@127.0.0.1:1/shop")});
    CHECK(holds(said, "Connection refused"));
    CHECK(holds(said, "127.0.0.1"));
    CHECK_FALSE(holds(said, "tiger9"));
    CHECK_FALSE(holds(said, "percent"));
  }
  const Text said = project.said({"status", "--database", "postgres://ann:Wr@en/7@127.0.0.1:1/shop"});
  CHECK(holds(said, "%40 for @"));
  CHECK_FALSE(holds(said, "en/7"));
  CHECK_FALSE(holds(said, "Wr@"));
}

TEST_CASE("a URL that libpq does not know is an error that says what to write", "[secret][commands]") {
  const Project project;
  fs::create_directories(project.folder / "schemas");
  write_file(project.folder / "schemas/a.yaml", "views: { v: select 1 as a }\n");
  const std::pair<const char*, const char*> cases[] = {
      {"postgresql+psycopg2://ann:Wren7@127.0.0.1:1/shop", "postgresql://ann:***@127.0.0.1:1/shop"},
      {" postgres://ann:Wren7@127.0.0.1:1/shop", "postgresql://ann:***@127.0.0.1:1/shop"},
      {"Postgres://ann:Wren7@127.0.0.1:1/shop", "postgresql://ann:***@127.0.0.1:1/shop"},
      {"jdbc:postgresql://127.0.0.1:1/shop?user=ann&password=Wren7",
       "postgresql://127.0.0.1:1/shop?user=ann&password=***"},
      {"mysql://ann:Wren7@127.0.0.1:1/shop", "postgresql://user@host:port/database"},
      {"postgres//ann:Wren7@127.0.0.1:1/shop", ""},
      {"postgresql:/ann:Wren7@127.0.0.1:1/shop", ""},
      {"ann:Wren7@127.0.0.1:1/shop", ""},
      {"ann:Wren7 x'y@127.0.0.1:1/shop", ""},
      {"postgres:ann:Wren7@127.0.0.1:1", ""},
  };
  for (const auto& [url, instead] : cases) {
    for (const List& arguments :
         {List{"status", "--database", url}, List{"snapshot", url}, List{"diff", "--from", url},
          List{"snapshot", concat("db:", url)}, List{"status", "--json", "--database", url},
          List{"diff", "--from", "empty:", "--to", "schemas", "--shadow", url}, List{"status", url}}) {
      INFO(join(arguments, " "));
      const Text said = project.said(arguments);
      INFO(said);
      CHECK_FALSE(holds(said, "Wren7"));
      if (arguments.size() == 3 || arguments.front() == "snapshot") CHECK(holds(said, instead));
    }
  }
  for (const char* conninfo :
       {"host=127.0.0.1 port=1 password=Heron Wren7 user=a", "host=127.0.0.1 password=Heron' Wren7",
        "host=127.0.0.1 password='Heron Wren7", "postgres://a:Wren7%zz@127.0.0.1:1/b"}) {
    const Text read = project.said({"status", "--database", conninfo});
    INFO(read);
    CHECK_FALSE(holds(read, "Wren7"));
    CHECK_FALSE(holds(read, "Heron"));
  }
  const Text said = project.said({"snapshot", "password=Wren7 host=127.0.0.1 port=1"});
  CHECK(holds(said, "db:host="));
  CHECK_FALSE(holds(said, "Wren7"));
  write_file(project.folder / "quoin.yaml", "databse: postgres://ann:Wren7@db/shop\n");
  CHECK_FALSE(holds(project.said({"status"}), "Wren7"));
}

TEST_CASE("the command line of quoin shows no password", "[secret][commands][live]") {
  std::optional<Shadow> shadow = Shadow::start({});
  if (!shadow) {
    WARN("skipped: no PostgreSQL server binaries here");
    return;
  }
  const Project project;
  project.add("1_a.sql", "-- Up Migration\nSELECT pg_sleep(20);\n");
  const Shadow::Database database = shadow->create_database();
  Text url = database.url();
  url.insert(url.find('@'), ":Wren7");
  Program program({"migrate", "--database", url}, project.folder);
  const Text line = concat("/proc/", std::to_string(program.process()), "/cmdline");
  Text shown;
  for (int tries = 0; tries < 1000 && !holds(shown, "*****"); ++tries) {
    usleep(10000);
    shown = read_file(line);
  }
  CHECK(holds(shown, "postgresql://postgres:*****@"));
  kill(program.process(), SIGKILL);
  program.wait();
}

TEST_CASE("a failing statement's password reaches neither output nor ledger", "[secret][commands][live]") {
  std::optional<Shadow> shadow = Shadow::start({});
  if (!shadow) {
    WARN("skipped: no PostgreSQL server binaries here");
    return;
  }
  const Shadow::Database database = shadow->create_database();
  const List environment{concat("DATABASE_URL=", database.url())};
  Text elsewhere = "auto";  // a private server for the first statement, the one at hand for the others
  for (const char* sql :
       {"ALTER ROLE nobody_here PASSWORD 'Wren7';", "ALTER ROLE nobody_here PASSWORD Wren7;",
        "CREATE USER x IDENTIFIED BY 'Wren7';", "ALTER ROLE nobody_here PASSWORD 'Wren7",
        "DO $$ BEGIN EXECUTE 'ALTER ROLE nobody_here PASSWORD ''Wren7'''; END $$;",
        "DO $$ BEGIN RAISE WARNING 'password=Wren7'; RAISE 'connect to postgres://a:Wren7@b/c'; END $$;",
        "CREATE USER MAPPING FOR public SERVER none OPTIONS (user 'a', password 'Wren7');",
        "-- quoin: no-transaction\nALTER ROLE nobody_here PASSWORD 'Wren7';"}) {
    INFO(sql);
    const Project project;
    project.add("1_a.sql", concat("-- Up Migration\n", sql, "\n"));
    for (const List& arguments : {List{"migrate"}, List{"migrate", "-v"}, List{"migrate", "--json"},
                                  List{"validate", "--json", "--shadow", elsewhere},
                                  List{"diff", "--from", "empty:", "--to", "migrations", "--shadow", elsewhere}}) {
      INFO(join(arguments, " "));
      const Ran ran = run_quoin(arguments, project.folder, environment);
      INFO(ran.out << ran.err);
      CHECK_FALSE(holds(ran.out + ran.err, "Wren7"));
    }
    CHECK_FALSE(holds(run_quoin({"status"}, project.folder, environment).out, "Wren7"));
    postgres::Connection connection = database.connect();
    for (const char* column : {"error FROM quoin.migrations", "detail FROM quoin.log"}) {
      const auto rows = connection.query(concat("SELECT ", column));
      for (std::size_t row = 0; row < rows.rows(); ++row) CHECK_FALSE(holds(rows.text(row, 0), "Wren7"));
    }
    connection.execute("DROP SCHEMA quoin CASCADE");
    elsewhere = database.url();
  }
}

TEST_CASE("what is not expected is named without what may be a password", "[secret][commands]") {
  const Project project;
  const std::pair<List, const char*> cases[] = {
      {{"migrate", "--password", "Wren7"}, "this argument is not expected: --password"},
      {{"--pasword", "Wren7", "migrate"}, "this argument is not expected: --pasword"},
      {{"migrate", "--pw=Wren7", "more"}, "these arguments are not expected: --pw more"},
      {{"migrate", "-pWren7"}, "this argument is not expected: -p"},
      {{"status", "here", "-W", "Wren7", "there"}, "these arguments are not expected: here -W there"},
  };
  for (const auto& [arguments, told] : cases) {
    const Text said = project.said(arguments);
    INFO(said);
    CHECK(holds(said, told));
    CHECK_FALSE(holds(said, "Wren7"));
  }
  for (const char* settings : {"password: Wren7\n", "pasword: Wren7\n", "database:\n  password: Wren7\n",
                               "environments: { development: { passwd: Wren7 } }\n", "database: [Wren7\n"}) {
    write_file(project.folder / "quoin.yaml", settings);
    for (const List& arguments : {List{"status"}, List{"status", "--json"}}) {
      const Text said = project.said(arguments);
      INFO(said);
      CHECK_FALSE(holds(said, "Wren7"));
    }
  }
}

TEST_CASE("a mistake in YAML is shown without the secret beside it", "[secret][commands]") {
  const Project project;
  fs::create_directories(project.folder / "schemas");
  for (const char* line : {"password: Wren7", "apikey: \"Wren7", "private-key: 'Wren7", "token: [Wren7",
                           "auth: Wren7 # x", "options: [token=Wren7, {]", "secrets: { secret: Wren7"}) {
    INFO(line);
    write_file(project.folder / "schemas/a.yaml",
               concat("servers:\n  s:\n    wrapper: w\n    ", line, "\n    no: x\n"));
    for (const List& arguments :
         {List{"snapshot", "schemas", "--format", "yaml"}, List{"snapshot", "schemas", "--format", "yaml", "--json"}}) {
      const Text said = project.said(arguments);
      INFO(said);
      CHECK_FALSE(holds(said, "Wren7"));
    }
  }
}

TEST_CASE("a routine's secret setting stays in what makes it, which is said, and in nothing else",
          "[secret][commands]") {
  const Project project;
  write_file(project.folder / "f.sql",
             "create function f() returns int language sql set app.jwt_secret to 'Wren7xY' as 'select 1';\n");
  for (const char* format : {"md", "json"}) {
    const Ran ran = run_quoin({"snapshot", "f.sql", "--format", format, "-o", "-"}, project.folder);
    INFO(ran.out << ran.err);
    CHECK(holds(ran.out, "app.jwt_secret"));
    CHECK_FALSE(holds(ran.out + ran.err, "Wren7xY"));
  }
  for (const char* format : {"yaml", "sql"}) {
    const Ran ran = run_quoin({"snapshot", "f.sql", "--format", format}, project.folder);
    INFO(ran.out << ran.err);
    CHECK(holds(ran.out, "Wren7xY"));
    CHECK(holds(ran.err, "app.jwt_secret of function public.f()"));
    CHECK_FALSE(holds(ran.err, "Wren7xY"));
  }
}
