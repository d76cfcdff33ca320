// What diff writes, read back as a runner reads it: whatever the names, the same statements as the steps'.
#include "parser/replay/replay.h"
#include "project/migration_file.h"
#include "runner/execute.h"
#include "tests/catch.h"
#include "tests/hostile.h"

using namespace quoin;

namespace {
// A schema of many kinds, in which every name, label, comment and body is hostile. Equal names: another round's.
Text hostile_schema(Dice& dice) {
  const auto name = [&] { return quote_ident(dice.hostile_name()); };
  const auto text = [&] { return quote_literal(dice.hostile_text()); };
  const Text space = name(), table = name(), column = name(), other = name(), type = name(), view = name();
  const Text routine = name(), trigger = name(), role = name();
  return concat("create schema ", space, "; create type ", space, ".", type, " as enum (", text(), ", ", text(),
                ", 'x');", "create domain ", space, ".", name(), " as text constraint ", name(), " check (value <> ",
                text(), ");", "create type ", space, ".", name(), " as (", name(), " text, ", name(), " integer);",
                "create sequence ", space, ".", name(), ";", "create table ", space, ".", table, " (", column,
                " text default ", text(), " constraint ", name(), " primary key, ", other, " ", space, ".", type,
                ", constraint ", name(), " check (", column, " <> ", text(), "), constraint ", name(), " unique (",
                other, "), constraint ", name(), " foreign key (", column, ") references ", space, ".", table, ");",
                "create index ", name(), " on ", space, ".", table, " (", other, ") where ", column, " > ", text(), ";",
                "create view ", space, ".", view, " as select ", column, ", ", text(), "::text as ", name(), " from ",
                space, ".", table, ";", "create materialized view ", space, ".", name(), " as select ", column,
                " from ", space, ".", table, ";", "create function ", space, ".", routine,
                "() returns trigger language plpgsql as ",
                quote_literal(concat("begin /* ", "x", " */ return new; end -- ", dice.hostile_text())), ";",
                "create trigger ", trigger, " before update on ", space, ".", table, " for each row execute function ",
                space, ".", routine, "();", "create policy ", name(), " on ", space, ".", table, " using (", column,
                " <> ", text(), ");", "grant select on ", space, ".", table, " to ", role, ";", "comment on table ",
                space, ".", table, " is ", text(), ";", "comment on column ", space, ".", table, ".", column, " is ",
                text(), ";", "comment on view ", space, ".", view, " is ", text(), ";");
}

std::vector<std::uint64_t> statements_in(std::string_view sql) {
  std::vector<std::uint64_t> all;
  const ast::Tree tree = ast::Tree::parse(sql);
  for (const ast::Statement& statement : tree.statements()) all.push_back(ast::fingerprint(statement.node));
  return all;
}

std::vector<std::uint64_t> statements_of(const Steps& steps) {
  std::vector<std::uint64_t> all;
  for (const Text& sql : statements(steps))
    for (const std::uint64_t one : statements_in(sql)) all.push_back(one);
  return all;
}

std::vector<std::uint64_t> statements_run(const Section& section) {
  std::vector<std::uint64_t> all;
  for (const runner::Piece& piece : runner::read_script(section, runner::wrapping_of(section)).pieces)
    for (const std::uint64_t one : statements_in(piece.sql)) all.push_back(one);
  return all;
}

Schema replayed(const Text& sql, Ids& ids) {
  Schema schema = empty_database(ids);
  Findings findings;
  Replay replay(schema, {"public"});
  replay.run(sql, "x.sql", findings);
  INFO(sql);
  CHECK(findings.empty());
  return schema;
}
}  // namespace

TEST_CASE("whatever the names, a runner reads in the file what the steps say", "[comment][migration]") {
  Dice dice(7);
  for (int round = 0; round < 60; ++round) {
    Ids ids;
    const Schema from = replayed(hostile_schema(dice), ids), to = replayed(hostile_schema(dice), ids);
    const Plan up = plan(from, to), down = plan(to, from);
    const MigrationFile file = write_migration(up.steps, down.steps);
    const Text text = with_head(file, {"20250101000000", dice.hostile_text(), {{"Unproven", dice.hostile_text()}}});
    INFO(text);
    const Migration read = read_migration("20250101000000_x.sql", text);
    CHECK(statements_run(read.up) == statements_of(up.steps));
    REQUIRE(read.down);
    CHECK(statements_run(*read.down) == statements_of(down.steps));
  }
}
