// A project with one migration that has run, and what the next would take away.
#pragma once
#include <unistd.h>

#include <filesystem>

#include "core/base/files.h"
#include "core/postgres/shadow.h"
#include "tests/catch.h"
#include "tests/program.h"
#include "tests/server_here.h"

namespace quoin {
namespace fs = std::filesystem;

struct LossesProject {
  fs::path folder = fs::temp_directory_path() / concat("quoin-losses-", std::to_string(getpid()));
  Shadow::Database database = server().create_database();

  LossesProject() {
    fs::remove_all(folder);
    fs::create_directories(folder / "migrations");
    write_file(folder / "migrations/1_a.sql",
               "create schema app;\n"
               "create type app.mood as enum ('glad', 'sad');\n"
               "create type app.unused as enum ('x');\n"
               "create domain app.code as text;\n"
               "create function app.twice(i int) returns int language sql immutable as 'select $1 * 2';\n"
               "create table app.a (i int, j int, m app.mood, c app.code, t int generated always as (app.twice(1))"
               " stored, n numeric);\n"
               "create table app.b (i int primary key);\n"
               "create domain app.whole as numeric(10,0);\n"
               "create domain app.number as bigint;\n"
               "create view app.shown as select 1 as one;\n"
               "create view app.unread as select 1 as one;\n"
               "create view app.also_shown as select * from app.shown;\n"
               "create materialized view app.kept as select 1 as one;\n"
               "create table app.holder (s app.also_shown, k app.kept[]);\n");
    const Ran ran = run({"migrate"});
    INFO(ran.err);
    CHECK(ran.code == 0);
  }
  ~LossesProject() { fs::remove_all(folder); }
  Ran run(const List& arguments) const {
    return run_quoin(arguments, folder, {concat("DATABASE_URL=", database.url())});
  }
  Text told(std::string_view sql) const {
    write_file(folder / "migrations/2_b.sql", concat("-- quoin: no-transaction\n", sql, ";\n"));
    return run({"migrate", "--dry-run"}).err;
  }
};

}  // namespace quoin
