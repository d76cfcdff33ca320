// Folders of migrations, and what verify says of them: tests/cases/verify/<case>/{migrations/, expected.txt}.
// QUOIN_UPDATE=1 writes the expectations anew.
#include "parser/replay/verify.h"

#include <cstdlib>
#include <filesystem>

#include "commands/command.h"
#include "core/base/files.h"
#include "project/meant.h"
#include "tests/commands_project.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {
/// Findings name files as the user does: from where he stands.
class MigrationStatus {
 public:
  explicit MigrationStatus(const fs::path& folder) : before_(fs::current_path()) { fs::current_path(folder); }
  ~MigrationStatus() { fs::current_path(before_); }
  MigrationStatus(const MigrationStatus&) = delete;
  MigrationStatus& operator=(const MigrationStatus&) = delete;

 private:
  fs::path before_;
};

Text said_of(const fs::path& folder) {
  const MigrationStatus status(folder);
  Ids ids;
  Schema schema = empty_database(ids);
  Findings findings;
  const std::vector<Migration> migrations = load_migrations("migrations", findings);
  Assumed assumed;  // a case that has platform.sql assumes it, and the schema auth
  if (fs::exists("platform.sql")) assumed = {{"auth"}, {{"platform.sql", read_file("platform.sql")}}};
  const Findings judged = verify(migrations, schema, {"$user", "public"}, assumed).findings;
  findings.insert(findings.end(), judged.begin(), judged.end());
  leave_out_meant(migrations, findings);
  return to_text(findings, false);
}
}  // namespace

TEST_CASE("verify says what each folder of migrations expects") {
  std::vector<fs::path> cases;
  for (const auto& entry : fs::directory_iterator(fs::path(QUOIN_SOURCE_DIR) / "tests/cases/verify"))
    cases.push_back(entry.path());
  std::ranges::sort(cases);
  REQUIRE(cases.size() >= 8);
  for (const fs::path& folder : cases) {
    INFO(folder.filename().string());
    const Text said = said_of(folder);
    if (std::getenv("QUOIN_UPDATE")) write_file(folder / "expected.txt", said);
    CHECK(said == read_file(folder / "expected.txt"));
  }
}

TEST_CASE("the example's migrations come in a good order") {
  const MigrationStatus status(QUOIN_SOURCE_DIR);
  Ids ids;
  Schema schema = empty_database(ids);
  Findings left_out;
  const std::vector<Migration> migrations = load_migrations("migrations", left_out);
  CHECK(to_text(verify(migrations, schema, {"$user", "public"}).findings, false) == "");
}

TEST_CASE("verify finds nothing in what diff writes") {
  const fs::path folder = fs::path(QUOIN_SOURCE_DIR) / "tests/cases/diff";
  int judged = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const fs::path& path = entry.path();
    const Text up = read_file(path / "up.sql"), down = read_file(path / "down.sql"), old = read_file(path / "old.sql");
    if (trim(up).empty() || trim(down).empty()) continue;  // nothing was to be done
    const std::string_view wrapping = up.find("BEGIN;") == Text::npos ? "" : "-- quoin: no-transaction\n";
    std::vector<Migration> history;
    if (!trim(old).empty()) history.push_back(read_migration("1_old.sql", concat("-- Up Migration\n", old)));
    const Text file = concat("-- Up Migration\n", wrapping, up, "\n-- Down Migration\n", down);
    history.push_back(read_migration("2_new.sql", file));
    Ids ids;
    Schema schema = empty_database(ids);
    Findings findings = verify(history, schema, {"$user", "public"}).findings;
    std::erase_if(findings, [](const Finding& one) { return one.severity == Severity::note; });
    INFO(path.filename().string());
    CHECK(to_text(findings, false) == "");
    ++judged;
  }
  CHECK(judged > 80);
}

TEST_CASE("where notes are counted and not shown, it is said how to see them", "[verify]") {
  CommandsProject project;
  project.add("1_a.sql", "-- Up Migration\nDO $$ BEGIN EXECUTE current_setting('a.b'); END $$;\n");
  const Ran hidden = project.run({"verify"});
  CHECK(holds(hidden.err, "(1 note; -v shows it)"));
  const Ran shown = project.run({"verify", "-v"});
  CHECK(holds(shown.err, "(1 note)"));
  CHECK(holds(shown.out, ": note: "));
}
