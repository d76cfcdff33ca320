// A migration's sections and directives: which lines are marks, and which are an error.
#include "parser/migrations/migration.h"
#include "parser/migrations/text.h"
#include "runner/lacking_down.h"
#include "tests/catch.h"
#include "tests/migrations_folder.h"

using namespace quoin;
namespace fs = std::filesystem;

TEST_CASE("sections of every style, with their places", "[migration]") {
  const MigrationsFolder folder;
  folder.add(
      "20250106090000_a.sql",
      "-- Description: What it does\n-- Created: x\n\n-- Up Migration\nselect 1;\n-- Down Migration\nselect 2;\n");
  folder.add("20250106090300_e.sql", "select 1;\n-- ROLLBACK:\n-- select 2;\n");
  const auto all = folder.load();
  CHECK(labels(all) == List{"20250106090000_a", "20250106090300_e"});
  CHECK(all[0].description == "What it does");
  CHECK(all[0].up.text == "select 1;\n");
  CHECK(place_of(all[0].up, 7) == Place{(folder.path / "20250106090000_a.sql").string(), 5, 8});
  CHECK(place_of(*all[0].down, 0).line == 7);
  CHECK(all[1].down->text == "select 2;\n\n");
  CHECK(place_of(*all[1].down, 0).column == 4);
  const Text by_dbmate = "\xEF\xBB\xBF-- migrate:up transaction:false\r\nselect 1;\r\n-- migrate:down\r\n";
  folder.add("20250106_090001_b.sql", by_dbmate);
  const Migration dbmate = read_migration((folder.path / "20250106_090001_b.sql").string());
  CHECK(dbmate.label() == "20250106090001_b");
  CHECK(dbmate.up.text == "select 1;\n");
  CHECK(dbmate.up.directive("no-transaction") != nullptr);
  CHECK(dbmate.down->text.empty());
  CHECK(dbmate.checksum == sha256("-- migrate:up transaction:false\nselect 1;\n-- migrate:down\n"));
  const Migration goose = read_migration("2025-01-06_0901_c.sql", "-- +goose Up\nselect 1;\n-- +goose Down\nselect 2;");
  CHECK(goose.layout == Layout::goose);
  CHECK(goose.version == "20250106090100");
  fs::remove(folder.path / "20250106_090001_b.sql");
  folder.add("2025-01-06-090200_d/up.sql", "select 1;");
  folder.add("2025-01-06-090200_d/down.sql", "select 2;");
  const auto with_folder = folder.load();
  CHECK(labels(with_folder) == List{"20250106090000_a", "20250106090200_d", "20250106090300_e"});
  CHECK(with_folder[1].down->file.ends_with("d/down.sql"));
}

TEST_CASE("only a line that is a mark and nothing else begins a section", "[migration]") {
  const MigrationsFolder folder;
  const auto read = [&](const char* name, std::string_view content) {
    folder.add(name, content);
    return read_migration((folder.path / name).string());
  };
  const Migration told =
      read("1_a.sql",
           "-- Up migration of last spring's tables\n-- migrate:up\ncreate table a (x text);\n"
           "insert into a values ('\n-- migrate:down\n'), ($$\n-- migrate:down\n$$);\n/*\n"
           "-- migrate:down\n*/\n-- Down migration is written by hand\n-- migrate:down\ndrop table a;\n");
  CHECK(told.layout == Layout::dbmate);
  CHECK(told.up.text.ends_with("-- Down migration is written by hand\n"));
  CHECK(told.down->text == "drop table a;\n");
  const Migration gorp = read("2_b.sql", "-- +migrate Up notransaction\nselect 1;\n\n--  +migrate  Down\nselect 2;\n");
  CHECK(gorp.layout == Layout::sql_migrate);
  CHECK(gorp.up.directive("no-transaction") != nullptr);
  CHECK(gorp.down->directive("no-transaction") == nullptr);
  CHECK(gorp.down->text == "select 2;\n");
  const Migration tern = read("3_c.sql", "select 1;\n---- create above / drop below ----\nselect 2;\n");
  CHECK(tern.layout == Layout::tern);
  CHECK(tern.up.text == "select 1;\n");
  CHECK(tern.down->text == "select 2;\n");
  CHECK(read("4_d.sql", "--// Adds d\nselect 1;\n-- //@UNDO\nselect 2;\n").down->text == "select 2;\n");
  // Files whose name says which way they go are one section.
  for (const char* name : {"5_e.up.sql", "V5__e.sql", "R__e.sql", "5_e/up.sql", "5_e/migration.sql"}) {
    const Migration whole = read(name, "select 1;\n-- Down Migration\nselect 2;\n-- undo\nselect 3;\n");
    CHECK(whole.up.text.ends_with("select 3;\n"));
    CHECK_FALSE(whole.down.has_value());
  }
}

TEST_CASE("what looks like a mark and is none is an error with its place", "[migration]") {
  const MigrationsFolder folder;
  const auto where = [&](std::string_view content, const char* name = "1_a.sql") {
    folder.add(name, content);
    try {
      read_migration((folder.path / name).string());
    } catch (const Error& error) {
      CHECK_FALSE(error.hint.empty());
      return concat(std::to_string(error.where.line), ":", std::to_string(error.where.column));
    }
    return Text("none");
  };
  for (const char* mark : {"-- Dwon Migration",
                           "-- Dow Migration",
                           "-- D\u043ewn Migration",
                           "-- migrate:down;",
                           "-- DOWN",
                           "--- down ---",
                           "/* Down Migration */",
                           "-- migrate:dwon",
                           "-- +goose Down later",
                           "-- rambler down",
                           "-- !Downs",
                           "-- Rollback",
                           "-- +goose ENVSUB maybe",
                           "-- create above, drop below",
                           "-- @UNDO",
                           "-- +micrate Up",
                           "-- +Micrate down;",
                           "-- db:up",
                           "-- deploy::down",
                           "--!up",
                           "-- @section down",
                           "-- #schema: ups",
                           "-- Down Migration drops a",
                           "-- DownMigration",
                           "-- \u25bc Down \u2014 drops a",
                           "-- down: drops a",
                           "-- Downgrade (drops a)",
                           "-- Down, drops a",
                           "-- backwards"}) {
    INFO(mark);
    CHECK(where(concat("select 1;\n  ", mark, "\nselect 2;\n")) == "2:3");
    CHECK(where(concat("-- Up Migration\nselect 1;\n", mark, "\nselect 2;\n")) == "3:1");
  }
  CHECK(where("select 1; -- Down Migration\nselect 2;") == "1:11");
  CHECK(where("-- +goose Down\nselect 2;\n-- +goose Up\nselect 1;\n") == "3:1");
  CHECK(where("-- migrate:up\nselect 1;\n-- migrate:down\nselect 2;\n-- migrate:down\nselect 3;\n") == "5:1");
  CHECK(where("-- migrate:up\nselect 1;\n-- +goose Down\nselect 2;\n") == "3:1");
  CHECK(where("select 1;\n-- migrate:down\nselect 2;\n") == "2:1");
  CHECK(where("-- Down Migration\nselect 2;\n") == "2:1");
  CHECK(where("select 1;\n-- ROLLBACK:\n-- by hand\nselect 2;\n") == "4:1");
  CHECK(where("--liquibase formatted sql\n--changeset a:1\nselect 1;\n") == "1:1");
  CHECK(where("select 1;\n-- +goose Down\nselect 2;\n", "1_a.up.sql") == "2:1");
  for (const char* comment : {"-- see also: up", "-- what goes up, must come down", "-- +1 for down", "-- todo: undo",
                              "-- http://example.org/up", "-- the way to:up there", "-- 10:20"}) {
    INFO(comment);
    CHECK(where(concat("select 1;\n", comment, "\nselect 2;\n")) == "none");
  }
  CHECK(where("select 1; -- db:up\nselect 2;\n") == "none");
  for (const char* head :
       {"-- Up: makes a\n-- Down: drops it\nselect 1;\n", "select 1;\n-- Down: drops a\n",
        "select 1;\n-- Down migration is by hand\n", "select 1;\n-- down: drop table a;\nselect 2;\n"})
    CHECK(where(head) == "none");
  CHECK(where("select 1;\n-- Down here lies the index\n-- rollback of orders is by hand\nselect 2;\n") == "none");
}

TEST_CASE("words may follow a plain mark on its line", "[migration]") {
  const MigrationsFolder folder;
  for (const char* words :
       {":", " (drops a)", " -- drops a", ": drops a", " - drops a", ", drops a", " \u2014 drops a"}) {
    INFO(words);
    folder.add("1_a.sql", concat("-- Up Migration", words, "\nselect 1;\n-- Down Migration", words, "\nselect 2;\n"));
    const Migration read = read_migration((folder.path / "1_a.sql").string());
    CHECK(trim(read.up.text) == "select 1;");
    REQUIRE(read.down);
    CHECK(trim(read.down->text) == "select 2;");
  }
}

TEST_CASE("a directive holds for its section, above the marks for both", "[migration]") {
  const MigrationsFolder folder;
  folder.add("1_a.sql",
             "-- quoin: retry 3\n-- Up Migration\n-- quoin: no-transaction\nselect 1;\n-- Down Migration\n"
             "-- quoin: lock-timeout 2s\nselect 2;\n");
  folder.add("2_b.up.sql", "select 1;");
  folder.add("2_b.down.sql", "-- quoin: no-transaction\nselect 2;");
  folder.add("3_c.up.sql", "-- no-transaction\nselect 1;");
  const auto all = folder.load();
  CHECK(all[0].up.directives.size() == 2);
  CHECK(all[0].down->directives.size() == 2);
  CHECK(all[0].down->directive("no-transaction") == nullptr);
  CHECK(all[0].down->directive("retry")->argument == "3");
  CHECK(all[0].down->directive("lock-timeout")->argument == "2s");
  CHECK(all[1].up.directives.empty());
  CHECK(all[1].down->directive("no-transaction")->place.line == 1);
  CHECK(all[2].up.directive("no-transaction") != nullptr);
  folder.add("2_b.down.sql", "-- quoin: depends-on 1\nselect 2;");
  CHECK_THROWS_AS(folder.load(), Error);
}

TEST_CASE("settings of a tool's own may say that a file runs without a transaction", "[migration]") {
  {
    const MigrationsFolder folder;
    folder.add("4_d/up.sql", "select 1;");
    folder.add("4_d/down.sql", "select 2;");
    folder.add("4_d/metadata.toml", "run_in_transaction = false\n");
    CHECK(folder.load()[0].up.directive("no-transaction") != nullptr);
    CHECK(folder.load()[0].down->directive("no-transaction") != nullptr);
  }
  const MigrationsFolder folder;
  folder.add("V5__e.sql", "select 1;");
  folder.add("V5__e.sql.conf", "executeInTransaction=false\n");
  CHECK(folder.load()[0].up.directive("no-transaction") != nullptr);
}

TEST_CASE("the marks of evolutions are told, not taken for SQL", "[migrations]") {
  for (const char* mark : {"# --- !Ups", "# --- !Downs", "#!Ups", "# !downs", "-- !Ups", "  # --- !Ups"}) {
    INFO(mark);
    const fs::path folder = fs::temp_directory_path() / concat("quoin-evolutions-", std::to_string(getpid()));
    fs::remove_all(folder);
    fs::create_directories(folder);
    write_file(folder / "1.sql", concat("create table a (i int);\n", mark, "\ndrop table a;\n"));
    Findings left_out;
    try {
      load_migrations(folder.string(), left_out);
      FAIL("it was read");
    } catch (const Error& error) {
      CHECK(error.where.line == 2);
      CHECK(error.hint.find("-- ") != Text::npos);
    }
    fs::remove_all(folder);
  }
}

TEST_CASE("what would undo a migration is said as its layout has it") {
  const std::vector<List> all{{"1_a.up.sql", "there is no file 1_a.down.sql"},
                              {"V1__a.sql", "there is no file U1__a.sql"},
                              {"1_a/up.sql", "there is no file 1_a/down.sql"},
                              {"1_a.sql", "it has no section `-- Down Migration`"}};
  for (const List& one : all) {
    const MigrationsFolder folder;
    folder.add(one[0], "select 1;\n");
    const std::vector<Migration> files = folder.load();
    REQUIRE(files.size() == 1);
    runner::MigrationStatus status;
    status.file = &files[0];
    Text said = runner::lacking_down(status);
    if (const std::size_t at = said.find(folder.path.string()); at != Text::npos)
      said.erase(at, folder.path.string().size() + 1);
    CHECK(said == one[1]);
  }
}

TEST_CASE("settings of a folder's tool that are not read are named") {
  const MigrationsFolder folder;
  folder.add("1_a.sql", "-- migrate:up\nselect 1;\n");
  FolderReading reading;
  reading.environment = [](const Text& name) {
    return name == "DBMATE_MIGRATIONS_TABLE" ? std::optional<Text>("x") : std::nullopt;
  };
  Findings left_out;
  load_migrations(folder.path.string(), left_out, reading);
  REQUIRE(left_out.size() == 1);
  CHECK(left_out[0].message == "DBMATE_MIGRATIONS_TABLE is set for dbmate, and quoin does not read that");
  CHECK(left_out[0].hint == "say its ledger's name: quoin adopt dbmate --table NAME");
}
