// Golden cases of `manage`: tests/cases/manage/<case>/{quoin.yaml,old.sql,new.yaml}. old.sql is a database, and
// told.txt what a person hears: notes and errors. QUOIN_UPDATE=1 writes up.sql, down.sql and told.txt anew;
// QUOIN_CASE=part picks some.
#include <cstdlib>
#include <filesystem>

#include "project/config.h"
#include "project/routes.h"
#include "tests/golden.h"
#include "tests/server_here.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {
/// Places in the case's files by their names alone.
Text without_folder(Text text, const fs::path& path) {
  const Text whole = path.string() + "/";
  for (std::size_t at = text.find(whole); at != Text::npos; at = text.find(whole)) text.erase(at, whole.size());
  return text;
}

Text told(const Routes& routes) {
  Text all;
  for (const auto& [word, lines] : {std::pair{"note: ", &routes.notes}, std::pair{"left out: ", &routes.left_out},
                                    std::pair{"error: ", &routes.up.errors}, std::pair{"down: ", &routes.down.errors}})
    for (const Text& line : *lines) all += concat(word, line, "\n");
  return all;
}

}  // namespace

TEST_CASE("manage cases: proven, and as written", "[proof][live]") {
  auto shadow = Shadow::start(15);
  if (!shadow) {
    WARN("skipped: no PostgreSQL server programs on this machine");
    return;
  }
  shadow->create_database().connect().execute(making_roles_once({"monitor", "app", "boss"}));
  for (const fs::path& path : golden_cases("manage")) {
    INFO("case " << path.filename().string());
    const Shadow::Database database = shadow->create_database();
    database.connect().execute(read_file(path / "old.sql"));
    Settings settings;
    settings.config = read_config((path / "quoin.yaml").string(), {}, {});
    Routes routes;
    try {
      routes = find_routes({SourceForm::database, database.url()}, {SourceForm::yaml, (path / "new.yaml").string()}, {},
                           settings);
    } catch (const Error& error) {
      FAIL_CHECK(error.what() << "\n" << error.detail);
      continue;
    }
    INFO(emit(routes.up.steps) << "-- down\n" << emit(routes.down.steps) << "-- why: " << routes.why);
    CHECK((routes.up.steps.empty() || !routes.up.errors.empty() || routes.outcome == Outcome::proven));
    const bool refused = !routes.up.errors.empty();
    expect_file(path / "up.sql", refused ? "" : emit(routes.up.steps));
    expect_file(path / "down.sql", refused ? "" : emit(routes.down.steps));
    expect_file(path / "told.txt", without_folder(told(routes), path));
  }
}
