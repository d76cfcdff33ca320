// quoin status: what is applied, pending, failed, changed.
#include <nlohmann/json.hpp>

#include "commands/command.h"
#include "core/base/visible.h"
#include "project/project.h"

namespace quoin {
namespace {
using runner::State;

std::size_t count_of(const Standings& standings, State state) {
  return static_cast<std::size_t>(std::count_if(standings.all.begin(), standings.all.end(),
                                                [&](const auto& standing) { return standing.state == state; }));
}

/// The highest version that is applied; empty where none is.
Text version_of(const Standings& standings) {
  Text version;
  for (const runner::Standing& standing : standings.all)
    if (standing.entry != nullptr && standing.state != State::failed && !repeats(standing.entry->version))
      version = standing.label();
  return version;
}

Text line_of(const runner::Standing& standing) {
  Text line = concat("  ", runner::to_string(standing.state), "  ", visible(standing.label()));
  if (standing.failure != nullptr && standing.state != State::failed)
    line += concat("  (failed at ", standing.failure->at,
                   standing.entry != nullptr ? " when it was undone, and stands: " : ", nothing of it is kept: ",
                   indented(standing.failure->error), ")");
  if (standing.out_of_order) line += "  (out of order: later ones are applied)";
  if (standing.state == State::missing) line += "  (applied, and its file is gone)";
  if (standing.state == State::changed) line += concat("  (", standing.file->file, " is not what was applied)");
  if (standing.state == State::failed) {
    line += concat("  (", runner::to_string(standing.entry->status), " after ",
                   counted(standing.entry->statements_done, "statement"),
                   standing.entry->error.empty() ? "" : concat(": ", indented(standing.entry->error)), ")");
  }
  return line + "\n";
}

Text as_text(const Standings& standings, const Text& database) {
  const Text version = version_of(standings);
  const std::size_t pending = count_of(standings, State::pending);
  Text text = concat("database  ", database, "\nversion   ", version.empty() ? "none" : version, "\napplied   ",
                     std::to_string(standings.entries.size() - count_of(standings, State::failed)), "\npending   ",
                     std::to_string(pending), "\n");
  Text open;
  for (const runner::Standing& standing : standings.all)
    if (standing.state != State::applied || standing.failure != nullptr) open += line_of(standing);
  if (!open.empty()) text += concat("\n", open);
  if (count_of(standings, State::changed) > 0) {
    text += "\nPut changed files back as they were: quoin migrate runs nothing before.\n";
  } else if (pending > 0) {
    text += "\nquoin migrate runs what is pending.\n";
  }
  return text;
}

nlohmann::ordered_json as_json(const Standings& standings, const Text& database) {
  nlohmann::ordered_json json{{"database", database}, {"version", version_of(standings)}};
  for (const State state : {State::applied, State::pending, State::failed, State::changed, State::missing}) {
    nlohmann::ordered_json names = nlohmann::ordered_json::array();
    for (const runner::Standing& standing : standings.all)
      if (standing.state == state) names.push_back(standing.label());
    json[Text(runner::to_string(state))] = names;
  }
  nlohmann::ordered_json errors = nlohmann::ordered_json::object();
  for (const runner::Standing& standing : standings.all) {
    if (standing.failure != nullptr) errors[standing.label()] = standing.failure->error;
    if (standing.state == State::failed) errors[standing.label()] = standing.entry->error;
  }
  json["errors"] = std::move(errors);
  return json;
}

int run(const CommandLine& settings) {
  postgres::Connection connection(settings.need_database());
  const Standings standings = read_standings(connection, runner::Ledger(settings.config.ledger), settings);
  settings.json ? print_json(as_json(standings, connection.name()))
                : print_lines(as_text(standings, connection.name()));
  return 0;
}

std::function<int()> declare(Options&, const CommandLine& settings) {
  return [&settings] { return run(settings); };
}
}  // namespace

const Command status_command{"status", "what is applied, pending, failed or changed",
                             "Only reads; a database that never saw quoin stays as it is.\n"
                             "  quoin status --database postgres://app@db/shop",
                             declare};

}  // namespace quoin
