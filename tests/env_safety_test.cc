// What a .env file may say, what beats it, and which database is used.
#include "tests/commands_project.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {
Text shell(const fs::path& folder, const Text& command) {
  const Text whole = concat("cd '", folder.string(), "' && ", command, " >/dev/null 2>&1");
  return std::to_string(std::system(whole.c_str()));
}
}  // namespace

TEST_CASE("a .env of strangers runs nothing: no other program gets what it says", "[commands]") {
  const CommandsProject project;
  project.add("1_beds.sql", "CREATE TABLE beds (id int);\n");
  project.add("2_views.sql", "CREATE VIEW v AS SELECT id FROM asters;\n");
  project.add("3_asters.sql", "CREATE TABLE asters (id int);\n");
  const Text trap = (project.folder / "PWNED").string();
  write_file(project.folder / ".gitattributes", "*.sql filter=x\n");
  REQUIRE(shell(project.folder, "git init -q . && git add -A && git -c user.name=a -c user.email=a@b commit -qm a") ==
          "0");
  write_file(project.folder / ".env",
             concat("GIT_CONFIG_COUNT=1\nGIT_CONFIG_KEY_0=filter.x.clean\nGIT_CONFIG_VALUE_0='touch ", trap,
                    "; cat'\nGIT_TRACE=", trap, "\nGIT_DIR=/nowhere\nXDG_CACHE_HOME=", trap, "\n"));
  const Ran base = project.run({"verify", "--base", "HEAD"});
  INFO(base.out + base.err);
  CHECK_FALSE(holds(base.err, "no repository"));
  project.run({"verify", "--fix"});
  CHECK_FALSE(fs::exists(trap));
  fs::remove(project.folder / ".env");
  REQUIRE(shell(project.folder, concat("git config filter.x.clean 'touch ", trap, "; cat'")) == "0");
  shell(project.folder, "touch migrations/*.sql");
  project.run({"verify", "--base", "HEAD"});
  project.run({"verify", "--fix"});
  CHECK_FALSE(fs::exists(trap));
}

TEST_CASE("what is really set, or named on the command line, beats .env and DATABASE_URL", "[commands]") {
  const CommandsProject project;
  const auto asked = [&](const List& arguments, const List& environment) {
    List all{"version"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return run_quoin(all, project.folder, environment).err;
  };
  write_file(project.folder / ".env", "DATABASE_URL=postgresql:///db?host=/nowhere/dotenv\nSTAGING=/nowhere/staging\n");
  CHECK(holds(asked({}, {}), "/nowhere/dotenv"));
  CHECK(holds(asked({}, {"DATABASE_HOST=/nowhere/parts"}), "/nowhere/parts"));
  CHECK(holds(asked({}, {"PGHOST=/nowhere/libpq"}), "/nowhere/libpq"));
  CHECK(holds(asked({}, {"DATABASE_URL=postgresql:///db?host=/nowhere/url"}), "/nowhere/url"));
  write_file(project.folder / "quoin.yaml",
             "environments:\n  development: {database: 'postgresql:///db?host=/nowhere/config'}\n"
             "  staging: {database: 'postgresql:///db?host=${STAGING}'}\n  broken: {database: '${NOT_SET}'}\n");
  CHECK(holds(asked({}, {}), "/nowhere/dotenv"));
  CHECK(holds(asked({"--env", "staging"}, {}), "/nowhere/staging"));
  const Text both = asked({"--env", "staging"}, {"DATABASE_URL=postgresql:///db?host=/nowhere/url"});
  CHECK(holds(both, "/nowhere/staging"));
  CHECK(holds(both, "the database of --env staging is used, not that of DATABASE_URL"));
  CHECK(holds(asked({"--env", "broken"}, {"DATABASE_URL=postgresql:///db?host=/nowhere/url"}), "${NOT_SET}"));
  CHECK(holds(asked({"--env", "staging", "--database", "postgresql:///db?host=/nowhere/said"}, {}), "/nowhere/said"));
  write_file(project.folder / ".env", "PGHOST=/nowhere/file\nPGPORT=77\nPGHOSTADDR=\nPGPASSFILE=/etc/passwd\n");
  fs::remove(project.folder / "quoin.yaml");
  CHECK(holds(asked({}, {}), "/nowhere/file/.s.PGSQL.77"));
  CHECK(holds(asked({"--database", "postgresql:///db?host=/nowhere/said"}, {}), "/nowhere/said/.s.PGSQL.5432"));
}

TEST_CASE("a word for TLS that quoin does not know is refused, not taken for none", "[commands]") {
  const CommandsProject project;
  for (const char* word : {"maybe", "ssl", "requird", "2"}) {
    const Ran ran =
        run_quoin({"version"}, project.folder,
                  {"DATABASE_HOST=/nowhere", "DATABASE_PASSWORD=tiger", concat("DATABASE_SSL_ENABLED=", word)});
    CHECK(ran.code == 64);
    CHECK(holds(ran.err, "DATABASE_SSL_ENABLED has a value that quoin does not know"));
  }
  for (const char* word : {"true", "Require", "verify-full", "enabled", "off", " no "}) {
    const Ran ran =
        run_quoin({"version"}, project.folder, {"DATABASE_HOST=/nowhere", concat("DATABASE_SSL_ENABLED=", word)});
    CHECK(holds(ran.err, "/nowhere"));
  }
}
