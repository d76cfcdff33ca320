// Where an object comes from.
#include "project/provenance.h"

#include <unistd.h>

#include <filesystem>

#include "core/base/files.h"
#include "core/model/kind.h"
#include "tests/catch.h"
#include "tests/program.h"

using namespace quoin;

namespace {
struct History {
  explicit History(const List& ups) {
    for (const Text& up : ups) {
      Migration one;
      one.version = std::to_string(migrations.size() + 1);
      one.up = {concat(one.version, ".sql"), up};
      migrations.push_back(std::move(one));
    }
    verified = verify(migrations, schema, {"$user", "public"});
  }
  Text of(const Text& name) {
    Text text;
    const Provenance found = provenance_of(object_called(name, schema, verified), schema, verified);
    for (const ObjectChange& touch : found.touches)
      text += concat(to_string(touch.statement->place()), " ", touch.verb, touch.parts.empty() ? "" : ": ",
                     join(touch.parts, ", "), "; ");
    for (Id id : found.stands_on) text += concat("on ", path(id), "; ");
    for (Id id : found.users) text += concat("for ", path(id), "; ");
    return found.is_there ? text : concat(text, "gone");
  }

  Ids ids;
  Schema schema = empty_database(ids);
  std::vector<Migration> migrations;
  Verified verified;
};
}  // namespace

TEST_CASE("an object comes from the statements that made and changed it, by whatever name") {
  History history({"create type mood as enum ('a');\ncreate table people (id int primary key, m mood);",
                   "alter table people add email text;\nalter table people rename to users;",
                   "create view v as select email from users;\nalter table users rename column email to mail;",
                   "create index on users (mail);\nalter table users drop column m;\ndrop view v;"});
  CHECK(history.of("users") ==
        "1.sql:2:1 made; 2.sql:1:1 changed: column email made; 2.sql:2:1 renamed from table public.people; "
        "3.sql:2:1 changed: column email renamed to mail; 4.sql:1:1 changed: index users_mail_idx made; "
        "4.sql:2:1 changed: column m dropped; ");
  CHECK(history.of("users.mail") ==
        "2.sql:1:1 made; 2.sql:2:1 renamed from column public.people.email; "
        "3.sql:2:1 renamed from column public.users.email; ");
  CHECK(history.of("v") == "3.sql:1:1 made; 4.sql:3:1 dropped; gone");
  CHECK(history.of("enum mood") == history.of("mood"));
}

TEST_CASE("an inherited column comes with its table or its parent's column; an overload is found by its types") {
  History history({"create table par (id int, v int);\ncreate table kid (x int) inherits (par);",
                   "alter table par rename column v to w;", "alter table par add column z int;",
                   "create function f(int) returns int language sql as 'select 1';\n"
                   "create function f(text) returns int language sql as 'select 1';"});
  CHECK(history.of("kid.w") == "1.sql:2:1 made; 2.sql:1:1 renamed from column public.kid.v; ");
  CHECK(history.of("kid.v") == "1.sql:2:1 made; 2.sql:1:1 renamed to column public.kid.w; gone");
  CHECK(history.of("kid.z") == "3.sql:1:1 made; ");
  for (const char* name : {"f(int)", "function f(integer)", "public.f(int4)", "function public.f(integer)"})
    CHECK(history.of(name) == "4.sql:1:1 made; ");
}

TEST_CASE("what has no name of its own is found by the name that it holds, and as findings call it") {
  History history(
      {"create table t (id int generated always as identity, a int not null default 1);\n"
       "create type span as range (subtype = int4);",
       "alter table t alter a set default 2;"});
  for (const char* name : {"t_id_seq", "public.t_id_seq", "identity of column public.t.id"})
    CHECK(history.of(name) == "1.sql:1:1 made; ");
  CHECK(history.of("public.span_multirange") == "1.sql:2:1 made; ");
  CHECK(history.of("default of column public.t.a").starts_with("1.sql:1:1 made; 2.sql:1:1 "));
  CHECK(history.of("not null of column public.t.a") == "1.sql:1:1 made; ");
}

TEST_CASE("what no migration makes is an error with the nearest name") {
  History history({"create table users (id int); create schema s; create table s.users (id int);"});
  CHECK_THROWS_WITH(history.of("usrs"), "no migration makes anything called usrs");
  CHECK_THROWS_WITH(history.of("users"), "several are called users: table public.users, table s.users");
  CHECK(history.of("s.users") == "1.sql:1:47 made; ");
}

TEST_CASE("documents say where migrations made and last changed what they show, where that is asked for") {
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / concat("quoin-origins-", std::to_string(getpid()));
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder / "m");
  write_file(folder / "m/0001_people.sql", "create table people (id int primary key);\ncreate table other (id int);");
  write_file(folder / "m/0002_users.sql", "select 1;\nalter table people rename to users;");
  write_file(folder / "m/0003_mail.sql", "alter table users add mail text;");
  const Ran json = run_quoin({"snapshot", "m", "--format", "json", "--origins"}, folder);
  CHECK(json.out.find("\"path\": \"table public.users\"") != Text::npos);
  CHECK(json.out.find("\"made_in\": \"m/0001_people.sql:1\", \"changed_in\": \"m/0003_mail.sql:1\"") != Text::npos);
  CHECK(json.out.find("\"made_in\": \"m/0003_mail.sql:1\"}") != Text::npos);
  CHECK(json.out.find("\"made_in\": \"m/0001_people.sql:2\"}") != Text::npos);
  CHECK(run_quoin({"snapshot", "m", "--format", "json"}, folder).out.find("made_in") == Text::npos);
  CHECK(run_quoin({"snapshot", "m", "--origins"}, folder).code == 0);
  CHECK(read_file(folder / "DATABASE.md")
            .find("**Made in** `m/0001_people.sql:1`, last changed in `m/0003_mail.sql:1`") != Text::npos);
  CHECK(run_quoin({"snapshot", "m", "--origins", "--check"}, folder).code == 0);
  std::filesystem::remove_all(folder);
}
