// Liquibase's contexts, labels and other attributes: which of its changesets run here.
#include "parser/migrations/contexts.h"

#include <unistd.h>

#include <filesystem>

#include "core/base/files.h"
#include "parser/migrations/migration.h"
#include "tests/catch.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {

struct Changesets {
  fs::path path = fs::temp_directory_path() / concat("quoin-contexts-", std::to_string(getpid()));
  Findings left_out;

  Changesets() {
    fs::remove_all(path);
    fs::create_directories(path);
  }
  Changesets(const Changesets&) = delete;
  Changesets& operator=(const Changesets&) = delete;
  ~Changesets() { fs::remove_all(path); }

  void add(const Text& name, std::string_view content) const { write_file(path / name, content); }
  /// The ids of those that run.
  Text ids(const FolderReading& reading) {
    left_out.clear();
    Text all;
    for (const Migration& one : read_migration_folder(path.string(), left_out, reading).migrations)
      all += one.aliases.back();
    return all;
  }
  Text refusal() {
    try {
      return ids({});
    } catch (const Error& error) { return error.what(); }
  }
  bool says(std::string_view part) const {
    return std::ranges::any_of(left_out, [&](const Finding& one) { return holds(one.message, part); });
  }
};

FolderReading with(std::optional<Text> contexts, std::optional<Text> labels = {}) {
  FolderReading reading;
  reading.environment = [](const Text&) { return std::optional<Text>(); };
  reading.contexts = std::move(contexts);
  reading.label_filter = std::move(labels);
  return reading;
}

bool runs(const Text& contexts, const Text& expression) {
  return reason_to_pass_over({contexts, {}}, {{expression}, {}}).empty();
}

}  // namespace

TEST_CASE("an expression of contexts is read as Liquibase reads it", "[contexts]") {
  CHECK(runs("prod", "prod"));
  CHECK(runs("PROD, eu", "Eu"));
  CHECK_FALSE(runs("prod", "test"));
  CHECK(runs("prod", "test, prod"));
  CHECK_FALSE(runs("prod", "test and prod"));
  CHECK(runs("prod, eu", "test or (prod and not us)"));
  CHECK_FALSE(runs("prod, us", "test or (prod and !us)"));
  CHECK_FALSE(runs("prod", "!prod"));
  CHECK(runs("prod", "android, order, nothing, prod"));
  CHECK(runs("", "test"));
  CHECK_FALSE(runs("", "@test"));
  CHECK(runs("test", "@test"));
  CHECK(runs("", "!@test"));
}

TEST_CASE("changesets run by the contexts and labels that are said, as with Liquibase", "[contexts]") {
  Changesets folder;
  folder.add("changelog.xml",
             "<databaseChangeLog><property name=\"s\" value=\"x\" contextFilter=\"test\"/>"
             "<property name=\"s\" value=\"y\"/>"
             "<include file=\"a.sql\"/><include file=\"seed.sql\" context=\"test\"/></databaseChangeLog>");
  folder.add("a.sql",
             "--liquibase formatted sql\n--changeset Ann Lee:1\nSELECT '${s}';\n/* liquibase rollback\nSELECT 2; */\n"
             "--changeset ann:2 context:\"test or dev\" labels:slow\nSELECT 2;\n"
             "--changeset ann:3 contextFilter:@loud\nSELECT 3;\n"
             "--changeset ann:4 runAlways:true failOnError:false\nSELECT 4;\n"
             "--ignoreLines:start\nSELECT 44;\n--ignoreLines:end\n--ignoreLines:1\nSELECT 45;\n");
  folder.add("seed.sql", "--liquibase formatted sql\n--changeset ann:5\nSELECT 5;\n");
  CHECK(folder.ids(with({})) == "1245");
  CHECK(folder.says("2::ann says context:test or dev, labels:slow, and runs here as everywhere"));
  CHECK(folder.says("3::ann is for context @loud, and no contexts are said"));
  CHECK(folder.says("runAlways of a.sql::4::ann is left out"));
  CHECK(folder.ids(with("prod")) == "14");
  CHECK(folder.says("5::ann is for context test, and the contexts are prod"));
  CHECK(folder.ids(with("loud, test", "!slow")) == "1345");
  CHECK(folder.says("2::ann has the labels slow, and the label filter is !slow"));
  CHECK(folder.ids(with("", "")) == "1245");
  CHECK_FALSE(folder.says("as everywhere"));
  folder.add("liquibase.properties", "url: jdbc:postgresql://x/y\nliquibase.command.contextFilter: prod\n");
  CHECK(folder.ids(with({})) == "14");
  FolderReading told = with({});
  told.environment = [](const Text& name) {
    return name == "LIQUIBASE_COMMAND_CONTEXTS" ? std::optional<Text>("dev") : std::nullopt;
  };
  CHECK(folder.ids(told) == "124");
  const auto all = read_migration_folder(folder.path.string(), folder.left_out, with("test")).migrations;
  CHECK(all[0].up.text.starts_with("SELECT 'x';"));
  CHECK(trim(all[0].down->text) == "SELECT 2;");
  CHECK(trim(all[2].up.text) == "SELECT 4;");
}

TEST_CASE("an include that chooses in a way quoin does not follow is refused", "[contexts]") {
  Changesets folder;
  folder.add("a.sql", "--liquibase formatted sql\n--changeset ann:1\nSELECT 1;\n");
  folder.add("changelog.xml", "<databaseChangeLog><includeAll path=\".\" filter=\"x.Y\"/></databaseChangeLog>");
  CHECK(holds(folder.refusal(), "with filter, which quoin does not follow"));
  folder.add("changelog.xml",
             "<databaseChangeLog><includeAll path=\".\" endsWithFilter=\"b.sql\"/></databaseChangeLog>");
  folder.add("b.sql", "--liquibase formatted sql\n--changeset ann:2\nSELECT 1;\n");
  CHECK(folder.ids(with({})) == "2");
}
