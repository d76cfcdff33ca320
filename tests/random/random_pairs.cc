// Random pairs of schemas on a real server: each is read alike from the database, from its script and from YAML, and
// the plan between the two is written, proven with rows, run on the first, and undone.
//
// Run by ctest, it draws the same few pairs each time. RC_PARAMS sets seed and number of pairs ("seed=7
// max_success=500"), QUOIN_RANDOM_SERVER the URL of a server other than a throw-away one, QUOIN_RANDOM_KEEP a folder
// for the scripts of pairs that failed: then it goes on after them.
#include <rapidcheck.h>
#include <unistd.h>

#include <filesystem>
#include <iostream>

#include "core/base/files.h"
#include "core/postgres/shadow_server.h"
#include "parser/yaml/yaml.h"
#include "project/routes.h"
#include "runner/execute.h"
#include "tests/random/choices.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {
constexpr int skipped = 77;
constexpr const char* few_pairs = "seed=21 max_success=8 noshrink=1";

struct Tally {
  int planned = 0, refused = 0, same = 0, unloadable = 0;
};

Text to_text(const Tally& tally) {
  return concat(std::to_string(tally.planned), " pairs planned, ", std::to_string(tally.refused), " refused, ",
                std::to_string(tally.same), " the same, ", std::to_string(tally.unloadable), " did not load");
}

Text joined(const List& lines) { return join(lines, "\n"); }

/// A pair's two databases, and what is wrong with what quoin makes of them.
class Trial {
 public:
  Trial(Shadow& server, const drawn::Pair& pair)
      : server_(server), from_(server.create_database()), to_(server.create_database()), pair_(pair) {}

  /// Why a script does not load; empty: it does.
  Text load() {
    try {
      from_.connect().execute(pair_.from);
      to_.connect().execute(pair_.to);
      return {};
    } catch (const Error& error) { return concat(error.what(), " ", error.detail); }
  }

  /// What is wrong; empty: nothing.
  Text judge(Tally& tally) {
    const Text alike = read_alike();
    const RouteOptions options{server_.is_private() ? Text("auto") : server_.url(), Proving::yes};
    const Routes routes = find_routes(of(from_), of(to_), options, settings_);
    if (!routes.up.errors.empty()) {
      ++tally.refused;
      std::cerr << "refused: " << joined(routes.up.errors) << "\n";
      return alike;
    }
    if (routes.up.steps.empty()) return ++tally.same, alike;
    ++tally.planned;
    const Text plan = concat("\n\n", routes.file.text.up, "\n---- down\n", routes.file.text.down);
    if (routes.outcome != Outcome::proven) return concat("not proven: ", routes.why, alike, plan);
    const Text ran = run_both(routes);
    return ran.empty() ? alike : concat(ran, alike, plan);
  }

 private:
  static SchemaSource of(const Shadow::Database& database) { return {SourceForm::database, database.url()}; }

  // On the database itself, which no reader of quoin has made.
  Text run_both(const Routes& routes) {
    const Shadow::Database before = server_.create_database();
    before.connect().execute(pair_.from);
    const Migration& file = routes.file.read;
    if (Text wrong = run(file.up, to_); !wrong.empty()) return concat("up: ", wrong);
    if (!routes.down.errors.empty() || !file.down) return {};
    const Text wrong = run(*file.down, before);
    return wrong.empty() ? Text() : concat("down: ", wrong);
  }
  Text run(const Section& section, const Shadow::Database& goal) {
    postgres::Connection connection = from_.connect();
    runner::run_section(connection, section, runner::wrapping_of(section));
    return difference(of(from_), of(goal));
  }

  // The script and the YAML of the first say what its database has.
  Text read_alike() {
    const Text folder = concat(fs::temp_directory_path().string(), "/quoin-random-", std::to_string(getpid()));
    const Text sql = folder + ".sql", yaml = folder + ".yaml";
    Text wrong;
    write_file(sql, pair_.from);
    if (const Text lines = difference({SourceForm::sql, sql}, of(from_)); !lines.empty())
      wrong += concat("\nread from the script:\n", lines);
    Ids ids;
    postgres::Connection connection = from_.connect();
    write_file(yaml, write_yaml(read_live(connection, ids, settings_)));
    if (const Text lines = difference({SourceForm::yaml, yaml}, of(from_)); !lines.empty())
      wrong += concat("\nread from YAML:\n", lines);
    return wrong;
  }
  Text difference(const SchemaSource& a, const SchemaSource& b) {
    try {
      const Routes routes = find_routes(a, b, {"off", Proving::no}, settings_);
      return joined(routes.up.errors) + routes.file.text.up;
    } catch (const Error& error) { return concat("error: ", error.what(), " ", error.detail); }
  }

  Shadow& server_;
  Shadow::Database from_, to_;
  const drawn::Pair& pair_;
  Settings settings_;
};

void make_roles(Shadow& server) {
  const Shadow::Database database = server.create_database();
  for (const std::string_view role : {drawn::reader, drawn::writer}) try {
      database.connect().execute(concat("CREATE ROLE ", role));
    } catch (const Error&) {  // it is there
    }
}

void keep(const drawn::Pair& pair, const Text& what) {
  static int number = 0;
  const char* folder = std::getenv("QUOIN_RANDOM_KEEP");
  if (!folder) return;
  const Text stem = concat(folder, "/", std::to_string(getpid()), "-", std::to_string(++number));
  write_file(stem + ".from.sql", pair.from);
  write_file(stem + ".to.sql", pair.to);
  write_file(stem + ".txt", what);
}

void try_pair(Shadow& server, Tally& tally) {
  const int major = server.major();
  const drawn::Pair pair = *rc::gen::noShrink(rc::gen::exec([major] { return drawn::draw_pair(major); }));
  Trial trial(server, pair);
  if (const Text why = trial.load(); !why.empty()) {
    ++tally.unloadable;
    std::cerr << "does not load: " << why << "\n";
    return;
  }
  Text wrong;
  try {
    wrong = trial.judge(tally);
  } catch (const Error& error) { wrong = concat("error: ", error.what(), " ", error.detail); }
  const bool is_hunt = std::getenv("QUOIN_RANDOM_KEEP") != nullptr;  // goes on after what is wrong
  if (is_hunt) std::cerr << to_text(tally) << "\n";
  if (wrong.empty()) return;
  keep(pair, wrong);
  if (!is_hunt) RC_FAIL(wrong);
  std::cerr << "WRONG " << wrong << "\n";
}
}  // namespace

int main() {
  const char* url = std::getenv("QUOIN_RANDOM_SERVER");
  if (!url && !shadow::find_binaries({})) {
    std::cout << "skipped: no PostgreSQL server binaries here\n";
    return skipped;
  }
  setenv("RC_PARAMS", few_pairs, 0);
  std::optional<Shadow> server = url ? Shadow::at(url) : Shadow::start(std::nullopt);
  make_roles(*server);
  Tally tally;
  const bool passed =
      rc::check("a plan between two random schemas leads there and back", [&] { try_pair(*server, tally); });
  std::cout << to_text(tally) << "\n";
  return passed ? 0 : 1;
}
