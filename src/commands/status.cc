// quoin status: what is applied, pending, failed, changed.
#include <nlohmann/json.hpp>

#include "commands/repeated.h"
#include "core/base/visible.h"
#include "project/adopted.h"

namespace quoin {
namespace {
using runner::State;

std::size_t count_of(const MigrationStatuses& standings, State state) {
  return static_cast<std::size_t>(std::count_if(standings.all.begin(), standings.all.end(),
                                                [&](const auto& standing) { return standing.state == state; }));
}

bool stands(const runner::MigrationStatus& standing) {
  return standing.state != State::failed && standing.state != State::running;
}

/// Of the highest version; null where none is.
const runner::MigrationStatus* last_applied(const MigrationStatuses& standings) {
  const runner::MigrationStatus* last = nullptr;
  for (const runner::MigrationStatus& standing : standings.all)
    if (standing.entry != nullptr && stands(standing) && !repeats(standing.version())) last = &standing;
  return last;
}

Text line_of(const runner::MigrationStatus& standing) {
  Text line = concat("  ", runner::to_string(standing.shown()), "  ", visible(standing.label()));
  const Text trouble = indented(standing.trouble());
  if (standing.failure != nullptr && standing.state != State::failed)
    line += concat(
        "  (failed at ", standing.failure->at,
        standing.entry != nullptr ? " when it was undone, and stands: " : ", nothing of it is kept: ", trouble, ")");
  if (standing.out_of_order) line += "  (out of order: later ones are applied)";
  if (standing.state == State::missing) line += "  (applied, and its file is gone)";
  if (standing.state == State::changed) line += concat("  (", standing.file->file, " is not what was applied)");
  if (standing.state == State::failed || standing.state == State::running) {
    line +=
        concat("  (", runner::to_string(standing.entry->status), " after ",
               counted(standing.entry->statements_done, "statement"),
               standing.entry->begun > 0 ? concat(", statement ", std::to_string(standing.entry->begun), " begun") : "",
               trouble.empty() ? "" : ": ", trouble, ")");
  }
  return line + "\n";
}

Text way_on(const runner::Entry& entry) {
  const bool is_undoing = entry.status == runner::Status::undoing;
  return concat("quoin ", is_undoing ? "rollback" : "migrate", " goes on with ", visible(entry.label()),
                " after what is done of it; what was settled by hand is said by quoin repair ", visible(entry.version),
                " --applied, --pending or --done N.");
}

/// What a database says of itself, and who is at work on it.
struct Overview {
  Text database;
  std::optional<Text> runner;
  MigrationStatuses standings;
  std::optional<Text> there_already;  // though the ledger knows of nothing
};

/// What quoin migrate would do, asked in its own words.
struct Next {
  Text words;  // empty: there is nothing to do
  bool is_refusal = false;
};

Next next_of(const MigrationStatuses& standings) {
  try {
    const std::size_t count = runner::choose_pending(standings.all, {}).size();
    return {count == 0 ? Text() : concat("next: quoin migrate runs ", counted(count, "migration"))};
  } catch (const Error& error) {
    if (error.code != Code::refused && error.code != Code::input) throw;
    const Text place = to_string(error.where);
    return {concat(place.empty() ? "" : place + ": ", error.what(), error.hint.empty() ? "" : "\n", error.hint), true};
  }
}

Text as_text(const Overview& overview) {
  const MigrationStatuses& standings = overview.standings;
  const runner::MigrationStatus* last = last_applied(standings);
  const std::size_t pending = count_of(standings, State::pending);
  Text text =
      concat("database  ", overview.database, "\nversion   ", last != nullptr ? last->label() : "none", "\napplied   ",
             std::to_string(standings.entries.size() - count_of(standings, State::failed) -
                            count_of(standings, State::running)),
             "\npending   ", std::to_string(pending), "\n");
  if (overview.runner) text += concat("running   ", *overview.runner, "\n");
  Text open;
  for (const runner::MigrationStatus& standing : standings.all)
    if (standing.state != State::applied || standing.failure != nullptr) open += line_of(standing);
  if (!open.empty()) text += concat("\n", open);
  for (const runner::MigrationStatus& standing : standings.all)
    if (standing.state == State::failed) text += concat("\n", way_on(*standing.entry), "\n");
  if (overview.there_already)
    text += concat("\n", *overview.there_already,
                   " is there already, and the ledger knows of no migration: tell it of each that this database has,\n"
                   "by hand or by another tool: quoin repair VERSION --applied\n");
  if (const Next next = next_of(standings); !next.words.empty() && !overview.runner)
    text +=
        concat("\n", next.is_refusal ? "quoin migrate runs nothing as it stands: " : "", indented(next.words), "\n");
  return text;
}

/// What failed and left nothing is pending too: the next run tries it again.
nlohmann::ordered_json as_json(const Overview& overview) {
  const runner::MigrationStatus* last = last_applied(overview.standings);
  nlohmann::ordered_json json{{"database", overview.database}, {"version", nullptr}, {"running", nullptr}};
  if (last != nullptr) json["version"] = last->version();
  if (overview.runner) json["running"] = *overview.runner;
  for (const State state : {State::applied, State::pending, State::failed, State::changed, State::missing}) {
    nlohmann::ordered_json versions = nlohmann::ordered_json::array();
    for (const runner::MigrationStatus& standing : overview.standings.all)
      if (standing.state == state || standing.shown() == state) versions.push_back(standing.version());
    json[Text(runner::to_string(state))] = std::move(versions);
  }
  nlohmann::ordered_json errors = nlohmann::ordered_json::object();
  for (const runner::MigrationStatus& standing : overview.standings.all)
    if (const Text trouble = standing.trouble(); !trouble.empty()) errors[standing.version()] = trouble;
  json["errors"] = std::move(errors);
  json["at_work"] = nlohmann::ordered_json::array();
  for (const runner::MigrationStatus& standing : overview.standings.all)
    if (standing.state == State::running) json["at_work"].push_back(standing.version());
  const Next next = next_of(overview.standings);
  json["refuses"] = next.is_refusal ? nlohmann::ordered_json(next.words) : nullptr;
  return json;
}

int run(std::optional<int> wait, const CommandLine& settings) {
  postgres::Connection connection = connect(settings.need_database(), seconds_of(wait), settings);
  const runner::Ledger ledger(settings.config.ledger, seconds_of(wait));
  Overview overview{connection.name(), {}, read_standings(connection, ledger, settings), {}};
  overview.there_already = there_already(connection, overview.standings, settings);
  overview.runner = tell_running(connection, ledger, overview.standings);
  settings.json ? print_json(as_json(overview)) : print_lines(repeating_options(as_text(overview), settings));
  return 0;
}

std::function<int()> declare(Options& options, const CommandLine& settings) {
  auto wait = std::make_shared<std::optional<int>>();
  options.number("--wait", *wait, "seconds to wait for whoever holds the ledger (default: 10)");
  return [wait, &settings] { return run(*wait, settings); };
}
}  // namespace

const Command status_command{"status", "what is applied, pending, failed or changed",
                             "Only reads; a database that never saw quoin stays as it is.\n"
                             "  quoin status --database postgres://app@db/shop",
                             declare};

}  // namespace quoin
