// Golden cases of diff: tests/cases/diff/<case>/{old,new,up,down}.sql, new.yaml where
// something is renamed. Both sides are built on a shadow server, the
// migration is proven there, and its text is what the case says. QUOIN_UPDATE=1 writes up.sql and down.sql anew;
// QUOIN_CASE=part-of-a-name picks some.
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "project/routes.h"
#include "tests/golden.h"

using namespace quoin;
namespace fs = std::filesystem;

TEST_CASE("diff cases: proven, and as written", "[proof][live]") {
  if (!Shadow::start(15)) {
    WARN("skipped: no PostgreSQL server programs on this machine");
    return;
  }
  Settings settings;
  for (const fs::path& path : golden_cases("diff")) {
    INFO("case " << path.filename().string());
    const bool as_yaml = fs::exists(path / "new.yaml");
    const SchemaSource from{SourceForm::sql, (path / "old.sql").string()},
        to = as_yaml ? SchemaSource{SourceForm::yaml, (path / "new.yaml").string()}
                     : SchemaSource{SourceForm::sql, (path / "new.sql").string()};
    Routes routes;
    try {
      routes = find_routes(from, to, {}, settings);
    } catch (const Error& error) {
      FAIL_CHECK(error.what() << "\n" << error.detail);
      continue;
    }
    CHECK(routes.up.errors == List());
    CHECK(routes.down.errors == List());
    INFO(emit(routes.up.steps) << "-- down\n" << emit(routes.down.steps) << "-- why: " << routes.why);
    CHECK((routes.up.steps.empty() || routes.outcome == Outcome::proven));
    expect_file(path / "up.sql", emit(routes.up.steps));
    expect_file(path / "down.sql", emit(routes.down.steps));
  }
}

TEST_CASE("event triggers act in the proof too, and what they do to new objects has to be desired", "[proof][live]") {
  if (!Shadow::start(15)) {
    WARN("skipped: no PostgreSQL server programs on this machine");
    return;
  }
  const fs::path place = fs::temp_directory_path() / concat("quoin-acting-", std::to_string(getpid()));
  fs::create_directories(place);
  const Text acting =
      "create function f() returns event_trigger language plpgsql as $$begin"
      "  comment on table public.u is 'seen'; exception when undefined_table then null; end$$;"
      "create event trigger watch on ddl_command_end when tag in ('CREATE TABLE') execute function f();";
  write_file(place / "old.sql", acting);
  const auto routes = [&](std::string_view table) {
    write_file(
        place / "new.yaml",
        concat(
            "schema: public\nfunctions:\n  f(): {returns: event_trigger, language: plpgsql, body: \"begin"
            "  comment on table public.u is 'seen'; exception when undefined_table then null; end\"}\n"
            "event_triggers:\n  watch: {event: ddl_command_end, tags: [CREATE TABLE], function: public.f}\ntables:\n",
            table));
    return find_routes({SourceForm::sql, (place / "old.sql").string()},
                       {SourceForm::yaml, (place / "new.yaml").string()}, {}, Settings());
  };
  const Routes other = routes("  t: {columns: {id: int}}\n");
  CHECK(other.outcome == Outcome::proven);
  CHECK(std::ranges::count_if(other.notes,
                              [](const Text& note) { return note.find("event trigger watch") != Text::npos; }) == 2);
  CHECK(std::ranges::count(other.notes, "the proof had no rows: what event trigger watch does to rows was not tried") ==
        1);
  const Routes commented = routes("  u: {columns: {id: int}}\n");
  CHECK(commented.outcome == Outcome::disproven);
  CHECK(commented.why.find("comment") != Text::npos);
  CHECK(routes("  u: {columns: {id: int}, comment: seen}\n").outcome == Outcome::proven);
  fs::remove_all(place);
}

TEST_CASE("what is of no kind makes no other plan unproven, unless it stands on what that changes", "[proof][live]") {
  if (!Shadow::start(15)) {
    WARN("skipped: no PostgreSQL server programs on this machine");
    return;
  }
  const fs::path place = fs::temp_directory_path() / concat("quoin-aside-", std::to_string(getpid()));
  fs::create_directories(place);
  write_file(place / "old.sql",
             "create table plain (id int, name text, other text); create extension tablefunc;"
             "create table above of tablefunc_crosstab_2;"
             "create view over_above as select above.row_name, plain.name from above, plain;");
  const auto routes = [&](std::string_view columns) {
    write_file(place / "new.yaml",
               concat("extensions: { tablefunc: {} }\ntables: { plain: { columns: { ", columns, " } } }\n"));
    return find_routes({SourceForm::sql, (place / "old.sql").string()},
                       {SourceForm::yaml, (place / "new.yaml").string()}, {}, Settings());
  };
  const Routes beside = routes("id: int, name: text, more: int");
  INFO(beside.why);
  CHECK(beside.outcome == Outcome::proven);
  CHECK(beside.left_out.size() == 2);
  CHECK(beside.missed == List());
  for (const char* below : {"id: int, more: int", "id: int, name: varchar(9), other: text"}) {
    const Routes changed = routes(below);
    CHECK(changed.outcome == Outcome::unproven);
    CHECK_FALSE(changed.missed.empty());
  }
  fs::remove_all(place);
}
