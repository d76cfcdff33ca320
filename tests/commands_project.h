// What tests of the commands share: a project folder in which quoin runs as a user runs it.
#pragma once
#include <unistd.h>

#include <filesystem>

#include "core/base/files.h"
#include "core/postgres/shadow.h"
#include "tests/catch.h"
#include "tests/program.h"

namespace quoin {

/// A project folder, and where the machine can, a database for it.
struct CommandsProject {
  std::filesystem::path folder =
      std::filesystem::temp_directory_path() / concat("quoin-commands-", std::to_string(getpid()));
  std::optional<Shadow::Database> database;

  CommandsProject() {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder / "migrations");
  }
  ~CommandsProject() { std::filesystem::remove_all(folder); }

  bool live() {
    if (auto shadow = Shadow::start({})) database.emplace(shadow->create_database());
    if (!database) WARN("skipped: no PostgreSQL server binaries here");
    return database.has_value();
  }
  void add(const Text& name, std::string_view content) const { write_file(folder / "migrations" / name, content); }
  List environment() const { return database ? List{"DATABASE_URL=" + database->url()} : List{}; }
  Ran run(const List& arguments) const { return run_quoin(arguments, folder, environment()); }
  Text value(const Text& sql) const { return database->connect().query(sql).text(0, 0); }
};

}  // namespace quoin
