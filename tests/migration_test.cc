#include "parser/migration.h"

#include <unistd.h>

#include <filesystem>

#include "base/files.h"
#include "tests/catch.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {

struct Folder {
  fs::path path = fs::temp_directory_path() / concat("quoin-migrations-", std::to_string(getpid()));
  Folder() { fs::create_directories(path); }
  ~Folder() { fs::remove_all(path); }
  void add(const fs::path& name, std::string_view content) const {
    fs::create_directories((path / name).parent_path());
    write_file(path / name, content);
  }
  std::vector<Migration> load() const { return load_migrations(path.string()); }
};

List labels(const std::vector<Migration>& migrations) {
  List all;
  for (const Migration& migration : migrations) all.push_back(migration.label());
  return all;
}

}  // namespace

TEST_CASE("sections of every style, with their places", "[migration]") {
  const Folder folder;
  folder.add(
      "20250106090000_a.sql",
      "-- Description: What it does\n-- Created: x\n\n-- Up Migration\nselect 1;\n-- Down Migration\nselect 2;\n");
  folder.add("20250106_090001_b.sql",
             "\xEF\xBB\xBF-- migrate:up transaction:false\r\nselect 1;\r\n-- migrate:down\r\n");
  folder.add("2025-01-06_0901_c.sql", "-- +goose Up\nselect 1;\n-- +goose Down\nselect 2;");
  folder.add("2025-01-06-090200_d/up.sql", "select 1;");
  folder.add("2025-01-06-090200_d/down.sql", "select 2;");
  folder.add("20250106090300_e.sql", "select 1;\n-- ROLLBACK:\n-- select 2;\n");
  folder.add("20250106090400_f.sql", "-- ROLLBACK:\n-- select 2;\nselect 1;");
  const auto all = folder.load();
  CHECK(labels(all) == List{"20250106090000_a", "20250106090001_b", "20250106090100_c", "20250106090200_d",
                            "20250106090300_e", "20250106090400_f"});
  CHECK(all[0].description == "What it does");
  CHECK(all[0].up.text == "select 1;\n");
  CHECK(place_of(all[0].up, 7) == Place{(folder.path / "20250106090000_a.sql").string(), 5, 8});
  CHECK(place_of(*all[0].down, 0).line == 7);
  CHECK(all[1].up.text == "select 1;\n");
  CHECK(all[1].directive("no-transaction") != nullptr);
  CHECK(all[1].down->text.empty());
  CHECK(all[1].checksum == sha256("-- migrate:up transaction:false\nselect 1;\n-- migrate:down\n"));
  CHECK(all[2].layout == Layout::goose);
  CHECK(all[3].down->file.ends_with("d/down.sql"));
  CHECK(all[4].down->text == "select 2;\n\n");
  CHECK(place_of(*all[4].down, 0).column == 4);
  CHECK_FALSE(all[5].down.has_value());
}

TEST_CASE("versions are ordered as numbers", "[migration]") {
  const Folder folder;
  for (const char* name :
       {"10_ten.sql", "9_nine.sql", "001_2fa.sql", "V2.10__x.sql", "V2.9__y.sql", "R__views.sql", "11-dash.up.sql"}) {
    folder.add(name, "select 1");
  }
  folder.add("11-dash.down.sql", "select 2");
  folder.add("U2.9__y.sql", "select 2");
  folder.add("README.md", "");
  const auto all = folder.load();
  CHECK(labels(all) == List{"001_2fa", "2.9_y", "2.10_x", "9_nine", "10_ten", "11_dash", "R__views_views"});
  CHECK(all[1].down->text == "select 2");
  CHECK(all[5].down->text == "select 2");
  CHECK(compare_versions("7", "0007") == 0);
  CHECK(compare_versions("7", "07a") < 0);
}

TEST_CASE("links are named as they are called", "[migration]") {
  const Folder folder;
  folder.add("elsewhere/x/up.sql", "select 1");
  fs::create_directory(folder.path / "m");
  fs::create_directory_symlink(folder.path / "elsewhere/x", folder.path / "m/0002_second");
  fs::create_symlink(folder.path / "elsewhere/x/up.sql", folder.path / "m/0001_first.sql");
  const auto all = load_migrations((folder.path / "m").string());
  CHECK(labels(all) == List{"0001_first", "0002_second"});
  CHECK(all[1].file == (folder.path / "m/0002_second/up.sql").string());
  fs::create_symlink("nowhere", folder.path / "m/0003_third.sql");
  CHECK_THROWS_AS(load_migrations((folder.path / "m").string()), Error);
}

TEST_CASE("what cannot be read as migrations is said", "[migration]") {
  const Folder folder;
  const auto message = [&] {
    try {
      folder.load();
      return Text("nothing");
    } catch (const Error& error) {
      CHECK(error.code == Code::input);
      CHECK_FALSE(error.hint.empty());
      return concat(to_string(error.where), " ", error.what(), " ", error.hint);
    }
  };
  const auto says = [&](std::string_view part) { return message().find(part) != Text::npos; };
  CHECK(says("holds no migrations"));
  CHECK_THROWS_AS(load_migrations((folder.path / "none").string()), Error);
  folder.add("1_a.sql", "select 1;\n-- Up Migration\nselect 2;");
  CHECK(says("1_a.sql:1:1 SQL before the Up section"));
  folder.add("1_a.sql", "-- x\n/* y */\n-- Up Migration\nselect 1;\n-- Up Migration\n");
  CHECK(says("1_a.sql:5:1"));
  folder.add("1_a.sql", "select 1;\n-- quoin: no-transactoin\n");
  CHECK(says("1_a.sql:2:1"));
  CHECK(says("did you mean \"no-transaction\""));
  folder.add("1_a.sql", "select '-- quoin: what';\n-- quoin: depends-on 0\n");
  CHECK(folder.load()[0].directive("depends-on")->argument == "0");
  folder.add("01_b.sql", "");
  CHECK(says("01_b.sql and"));
  CHECK(says("1_a.sql"));
}

TEST_CASE("a new migration has a version of its own and reads back", "[migration]") {
  std::vector<Migration> existing(1);
  existing[0].version = "20991231235959";
  CHECK(new_version(existing) == "21000101000000");
  existing[0].version = "0003";
  CHECK(new_version(existing).size() == 14);
  CHECK(migration_slug(" Add Users & more! ") == "add_users_more");
  CHECK_THROWS_AS(migration_slug("!?"), Error);

  const Folder folder;
  folder.add("21000101000000_x.sql", to_text({"21000101000000", "Why", "select 1;", "select 2;\n", {"unproven: x"}}));
  const Migration read = folder.load()[0];
  CHECK(read.description == "Why");
  CHECK(read.up.text == "select 1;\n\n");
  CHECK(read.down->text == "select 2;\n");
  CHECK(read.layout == Layout::quoin);
}
