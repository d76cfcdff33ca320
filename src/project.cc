#include "project.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "base/files.h"
#include "routes.h"

namespace quoin {

std::vector<Migration> migrations_in(const Text& folder, const Settings& settings) {
  Findings left_out;
  std::vector<Migration> migrations = load_migrations(folder, left_out);
  for (const Finding& finding : left_out)
    remark_once(settings, trim(to_text({finding}, colored(settings, STDERR_FILENO))));
  return migrations;
}

std::vector<Migration> project_migrations(const Settings& settings) {
  const Text& folder = settings.config.migrations;
  std::error_code absent;
  const auto is_hidden = [](const Text& name) { return name.starts_with('.'); };
  if (std::filesystem::is_directory(folder, absent) && std::ranges::all_of(names_in(folder), is_hidden)) return {};
  return migrations_in(folder, settings);
}

Standings read_standings(postgres::Connection& connection, const runner::Ledger& ledger, const Settings& settings) {
  Standings standings;
  standings.files = project_migrations(settings);
  standings.entries = ledger.read(connection);
  standings.failures = ledger.failures(connection);
  standings.all = runner::compare(standings.files, standings.entries);
  for (runner::Standing& standing : standings.all) {
    if (standing.state != runner::State::pending) continue;
    const auto failure = standings.failures.find(standing.file->version);
    if (failure != standings.failures.end()) standing.failure = &failure->second;
  }
  return standings;
}

runner::Voice voice_of(const Settings& settings) {
  return {[&settings](std::string_view line) { remark(settings, line); },
          [&settings](std::string_view line) { detail(settings, line); }};
}

void hear_notices(postgres::Connection& connection, const Settings& settings) {
  connection.on_notice([&settings](std::string_view severity, std::string_view message) {
    const Text line = concat("  ", lower(severity), ": ", message);
    severity == "WARNING" ? remark(settings, line) : detail(settings, line);
  });
}

void say_link(runner::Link link, const Settings& settings) {
  if (link == runner::Link::direct) return;
  remark(settings,
         "warning: a pooler in transaction mode stands before this server: what relies on its session is refused;"
         " better connect to the server itself");
}

Text counted(std::size_t count, std::string_view thing) {
  return concat(std::to_string(count), " ", thing, count == 1 ? "" : "s");
}

void refuse_pending(const SchemaSource& from, const Settings& settings) {
  if (from.form != SourceForm::database) return;
  postgres::Connection connection(from.where);
  const Standings standings = read_standings(connection, runner::Ledger(settings.config.ledger), settings);
  List open;
  for (const runner::Standing& standing : standings.all) {
    const bool done = standing.state == runner::State::applied || standing.state == runner::State::missing;
    if (!done) open.push_back(concat(standing.label(), " (", runner::to_string(standing.state), ")"));
  }
  if (open.empty()) return;
  const std::size_t shown = std::min<std::size_t>(open.size(), 5);
  throw Error(Code::refused,
              concat("the database is behind the migrations folder: ", join(std::span(open).first(shown), ", "),
                     open.size() > shown ? concat(" and ", std::to_string(open.size() - shown), " more") : Text()),
              {}, "run quoin migrate first, or say --from migrations to diff against the files");
}

}  // namespace quoin
