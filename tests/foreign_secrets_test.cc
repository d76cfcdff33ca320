// What quoin neither reads nor writes of foreign servers, and says so: secrets, and what a role may not see.
#include <unistd.h>

#include <filesystem>

#include "core/base/files.h"
#include "core/postgres/shadow.h"
#include "tests/catch.h"
#include "tests/program.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {

struct Folder {
  fs::path path = fs::temp_directory_path() / concat("quoin-foreign-", std::to_string(getpid()));
  Folder() {
    fs::remove_all(path);
    fs::create_directories(path);
  }
  ~Folder() { fs::remove_all(path); }
  Ran run(const List& arguments) const { return run_quoin(arguments, path); }
};

const Text far =
    "CREATE FOREIGN DATA WRAPPER w OPTIONS (token 'Wren7', a 'b');\n"
    "CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (conn 'host=h password=Wren7', dbname 'd', \"api-key\" 'Wren7');\n"
    "CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS (user 'ann', password 'Wren7', password_required 'false');\n";

}  // namespace

TEST_CASE("a document says at its place what is set by hand, and holds no secret", "[secret][commands]") {
  const Folder folder;
  write_file(folder.path / "far.sql", far);
  const Ran yaml = folder.run({"snapshot", "far.sql", "--format", "yaml", "-o", "far.yaml"});
  INFO(yaml.err);
  CHECK(yaml.code == 0);
  for (const char* name : {"token of foreign data wrapper w", "conn of server s", "api-key of server s",
                           "password of user mapping public of server s"})
    CHECK(holds(yaml.err, name));
  const Text written = read_file(folder.path / "far.yaml");
  INFO(written);
  CHECK_FALSE(holds(written, "Wren7"));
  CHECK(holds(written, "w: { options: { a: b }, secrets: [token] }  # set by hand: token\n"));
  CHECK(holds(written, "  s:  # set by hand: api-key, conn\n"));
  CHECK(holds(written,
              "public: { options: { user: ann, password_required: \"false\" }, secrets: [password] }"
              "  # set by hand: password\n"));
  const Ran sql = folder.run({"snapshot", "far.yaml", "--format", "sql"});
  CHECK_FALSE(holds(sql.out, "Wren7"));
  for (const char* names : {"w gets no token", "s gets no api-key, conn", "of server s gets no password"})
    CHECK(holds(sql.out, names));
}

TEST_CASE("a secret written into YAML is set aside like any other", "[secret][commands]") {
  const Folder folder;
  write_file(folder.path / "far.yaml",
             "servers:\n  s: { wrapper: w, options: { token: Wren7, conn: host=h password=Wren7, port: 1 } }\n");
  const Ran sql = folder.run({"snapshot", "far.yaml", "--format", "sql"});
  INFO(sql.out << sql.err);
  CHECK_FALSE(holds(sql.out + sql.err, "Wren7"));
  CHECK(holds(sql.out, "OPTIONS (port '1')"));
  CHECK(holds(sql.out, "server s gets no conn, token"));
}

TEST_CASE("secrets are not compared, which is said", "[secret][commands]") {
  const Folder folder;
  write_file(folder.path / "one.sql", far);
  Text other = far;
  other.replace(other.find("password 'Wren7'"), 16, "password 'Heron7'");
  write_file(folder.path / "other.sql", other);
  Text without = far;
  without.replace(without.find("password 'Wren7', "), 18, "");
  write_file(folder.path / "without.sql", without);
  const Ran same = folder.run({"diff", "--from", "one.sql", "--to", "other.sql", "--shadow", "off"});
  INFO(same.err);
  CHECK(holds(same.err, "no difference"));
  CHECK(
      holds(same.err, "quoin reads no secrets, and left as it is: api-key of server s, conn of server s, password of"));
  const Ran less = folder.run({"diff", "--from", "one.sql", "--to", "without.sql", "--shadow", "off"});
  INFO(less.err);
  CHECK(holds(less.err, "only one side has it, and quoin neither sets nor drops secrets; do it by hand: password of"));
  const Ran gone = folder.run({"diff", "--from", "one.sql", "--to", "empty:", "--shadow", "off"});
  for (const char* lost : {"drops foreign data wrapper w and its token", "drops server s and its api-key, conn",
                           "of server s and its password"})
    CHECK(holds(gone.out, lost));
}

TEST_CASE("options that the server hides from a role are left alone", "[secret][commands][live]") {
  std::optional<Shadow> shadow = Shadow::start({});
  if (!shadow) {
    WARN("skipped: no PostgreSQL server binaries here");
    return;
  }
  const Folder folder;
  write_file(folder.path / "far.sql", far + "CREATE USER MAPPING FOR reader SERVER s OPTIONS (user 'bob');\n");
  const Shadow::Database database = shadow->create_database();
  database.connect().execute("CREATE ROLE reader LOGIN; " + read_file(folder.path / "far.sql"));
  Text url = database.url();
  const Text owner = "postgres@";
  REQUIRE(url.find(owner) != Text::npos);
  url.replace(url.find(owner), owner.size(), "reader@");
  const Ran ran = folder.run({"diff", "--from", url, "--to", "far.sql", "--shadow", database.url()});
  INFO(ran.out << ran.err);
  CHECK(ran.out.empty());
  CHECK(
      holds(ran.err, "reader may not see, so that it is neither compared nor written: options of user mapping public"));
  CHECK_FALSE(holds(ran.err, "only one side"));
  const Ran document = folder.run({"snapshot", url, "--format", "yaml"});
  INFO(document.out);
  CHECK(holds(document.out, "public: {}  # set by hand: options"));
  CHECK(folder.run({"snapshot", url, "--format", "yaml", "--strict"}).code == 1);
  const Ran gone = folder.run({"diff", "--from", url, "--to", "empty:", "--shadow", "off"});
  CHECK(holds(gone.out, "drops user mapping public of server s and its options, which the role that read it may not"));
  CHECK(holds(gone.out, "user mapping public of server s gets no options: set that by hand"));
}

TEST_CASE("an option is secret by the last word of its name, or by its value, and no other is", "[secret][commands]") {
  const Folder folder;
  write_file(
      folder.path / "far.sql",
      "CREATE FOREIGN DATA WRAPPER w;\n"
      "CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (pw 'Wren7', \"Authorization\" 'Bearer Wren7', servicekey"
      " 'Wren7', sas 'sig=Wren7', private 'Wren7', access_id 'Wren7', cookie 'Wren7', keytab 'Wren7', \"x-session\""
      " 'Wren7', pin 'Wren7', salt 'Wren7', conn 'AccountKey=Wren7;x', header 'Bearer Wren7', keep_connections"
      " 'on', sslmode 'require', session_timeout '3', pinned 'a', access_method 'b');\n");
  for (const char* format : {"yaml", "sql", "json"}) {
    const Ran ran = folder.run({"snapshot", "far.sql", "--format", format});
    INFO(ran.out << ran.err);
    CHECK_FALSE(holds(ran.out + ran.err, "Wren7"));
    for (const char* harmless : {"keep_connections", "sslmode", "session_timeout", "pinned", "access_method"})
      CHECK(holds(ran.out, harmless));
  }
}
