#include "commands/targets.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "commands/repeated.h"
#include "core/base/secret.h"
#include "core/base/visible.h"

namespace quoin {
namespace {

using State = TargetResult::State;

std::size_t count_of(const std::vector<TargetResult>& results, State state) {
  return static_cast<std::size_t>(std::ranges::count(results, state, &TargetResult::state));
}

/// Lines of a message as one.
Text on_one_line(std::string_view message) {
  List lines;
  for (const Text& line : split(message, '\n'))
    if (const std::string_view said = trim(line); !said.empty()) lines.emplace_back(said);
  return join(lines, " ");
}

/// As an error of one database is told, on a line: where, what, what to do.
Text told(const Error& error, const Text& failed_in) {
  const Text place = to_string(error.where);
  Text what = concat(!place.empty()       ? concat(place, ": ")
                     : !failed_in.empty() ? concat("in ", failed_in, ": ")
                                          : Text(),
                     on_one_line(error.what()));
  if (!error.sqlstate.empty()) what += concat(" (SQLSTATE ", error.sqlstate, ")");
  List parts{std::move(what)};
  const Text& more = error.code == Code::refused ? error.detail : error.server_detail;
  if (!more.empty()) parts.push_back(on_one_line(more));
  if (!error.hint.empty()) parts.push_back(on_one_line(error.hint));
  return join(parts, "; ");
}

Text what_went_wrong(const TargetResult& result) {
  if (result.error) return told(*result.error, result.failed_in);
  const Drift& drift = result.last_seen.drift;
  List parts;
  if (!result.last_seen.trouble.empty()) parts.push_back(on_one_line(result.last_seen.trouble));
  if (!drift.unknown.empty()) parts.push_back(concat("whether it has drifted is not known: ", drift.unknown));
  if (!drift.extra.empty()) parts.push_back(concat("drifted: it has ", told_of_extra(drift)));
  if (!drift.lost.empty()) parts.push_back(concat("drifted: it lacks ", told_of_lost(drift)));
  return join(parts, "; ");
}

using Row = std::array<Text, 6>;

/// What a run would do, or why it would do nothing.
Text what_would_run(const TargetResult& result) {
  const Text wrong = what_went_wrong(result);
  constexpr std::size_t most = 10;
  if (!wrong.empty() || result.last_seen.pending.empty()) return wrong;
  return concat("would run ", first_of(result.last_seen.pending, most));
}

Row row_of(const Target& target, const TargetResult& result, Shown shown, const CommandLine& settings) {
  const Text said = shown == Shown::plans ? what_would_run(result) : what_went_wrong(result);
  return {line_for_people(target.name),
          Text(to_string(result.state)),
          result.last_seen.version.empty() ? Text("-") : line_for_people(result.last_seen.version),
          std::to_string(result.last_seen.pending.size()),
          std::to_string(result.ran),
          line_for_people(repeating_options(said, aimed_at(target, settings)))};
}

Text table_of(const std::vector<Row>& rows) {
  std::array<std::size_t, 6> widths{};
  for (const Row& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], characters(row[i]));
  Text all;
  for (const Row& row : rows) {
    Text line;
    for (std::size_t i = 0; i < row.size(); ++i) line += concat(row[i], Text(widths[i] - characters(row[i]) + 2, ' '));
    all += concat(line.substr(0, line.find_last_not_of(' ') + 1), "\n");
  }
  return all;
}

constexpr State states[] = {State::current, State::migrated, State::behind,
                            State::refused, State::failed,   State::unbegun};

/// "3 targets: 2 up to date, 1 failed".
Text summary_of(const std::vector<TargetResult>& results) {
  List parts;
  for (const State state : states)
    if (const std::size_t count = count_of(results, state); count > 0)
      parts.push_back(concat(std::to_string(count), " ", to_string(state)));
  const auto drifted = static_cast<std::size_t>(
      std::ranges::count_if(results, [](const TargetResult& result) { return result.last_seen.drift.is_any(); }));
  return concat(counted(results.size(), "target"), ": ", join(parts, ", "),
                drifted > 0 ? concat("; ", std::to_string(drifted), " drifted") : Text());
}

nlohmann::ordered_json json_of(const Target& target, const TargetResult& result, const CommandLine& settings) {
  nlohmann::ordered_json json{{"target", target.name}, {"database", postgres::name_of(target.url)},
                              {"schema", nullptr},     {"state", to_string(result.state)},
                              {"version", nullptr},    {"pending", result.last_seen.pending},
                              {"ran", result.ran},     {"execution_ms", result.milliseconds},
                              {"trouble", nullptr},    {"error", nullptr},
                              {"drift", nullptr}};
  if (!target.schema.empty()) json["schema"] = target.schema;
  if (!result.last_seen.version.empty()) json["version"] = result.last_seen.version;
  if (!result.last_seen.trouble.empty())
    json["trouble"] = repeating_options(result.last_seen.trouble, aimed_at(target, settings));
  if (const Drift& drift = result.last_seen.drift; drift.is_any() || !drift.unknown.empty()) {
    json["drift"] = {{"extra", drift.extra}, {"lost", drift.lost}, {"unknown", nullptr}};
    if (!drift.unknown.empty()) json["drift"]["unknown"] = drift.unknown;
  }
  if (result.error) json["error"] = log_fields_of(*result.error, aimed_at(target, settings));
  return json;
}

}  // namespace

void declare_targets(Options& options, FleetOptions& fleet) {
  options.value("--targets FILE|QUERY", fleet.targets,
                "on many databases, or schemas of one: those that a file names, a line each (database: NAME, schema:"
                " NAME, or a URL), or a query finds in its column database, schema or url");
  options.number("--jobs", fleet.jobs, "with --targets: so many at once (default: 4)");
}

void declare_fleet_run(Options& options, FleetOptions& fleet) {
  options.number(
      "--max-failures", fleet.max_failures,
      "with --targets: begin no other once so many have failed (default: 1; 0: begin all), nor where the first that"
      " runs fails");
  options.flag("--create-schemas", fleet.create_schemas,
               "with --targets: make a schema that is not there, which fails else");
}

void declare_schema(Options& options, const CommandLine& settings) {
  options.value(
      "--schema SCHEMA", *settings.schema,
      "on this schema alone, as the line schema: SCHEMA of --targets means it: names are looked up in it first,"
      " and its ledger is its table quoin_migrations");
}

void refuse_schema(const CommandLine& settings) {
  if (!settings.schema->empty())
    throw Error(Code::usage, "--schema names one target, and --targets many", {}, "give one of them");
}

FleetRequest fleet_request_of(const FleetOptions& fleet, std::optional<int> wait) {
  if (fleet.jobs.value_or(1) < 1)
    throw Error(Code::usage, concat("--jobs ", std::to_string(*fleet.jobs), " does nothing"), {}, "give 1 or more");
  if (fleet.max_failures.value_or(0) < 0)
    throw Error(Code::usage,
                concat("--max-failures ", std::to_string(*fleet.max_failures), " is no number of failures"), {},
                "give 0 or more");
  if (fleet.targets.empty() && (fleet.jobs || fleet.max_failures || fleet.create_schemas))
    throw Error(Code::usage, "--jobs, --max-failures and --create-schemas belong to --targets", {},
                "say --targets FILE too");
  FleetRequest request{fleet.jobs.value_or(4), fleet.max_failures.value_or(1), wait, {}};
  request.create_schemas = fleet.create_schemas;
  return request;
}

void print_targets(const std::vector<Target>& targets, const std::vector<TargetResult>& results,
                   const CommandLine& settings, Shown shown) {
  if (settings.json) {
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (std::size_t i = 0; i < targets.size(); ++i) all.push_back(json_of(targets[i], results[i], settings));
    nlohmann::ordered_json summary{{"targets", targets.size()}};
    for (const State state : states) summary[Text(to_string(state))] = count_of(results, state);
    return print_json({{"targets", std::move(all)}, {"summary", std::move(summary)}});
  }
  std::vector<Row> rows{{"target", "state", "version", "pending", "ran", ""}};
  for (std::size_t i = 0; i < targets.size(); ++i) rows.push_back(row_of(targets[i], results[i], shown, settings));
  print_lines(concat(table_of(rows), summary_of(results), "\n"));
}

void require_all_asked(const std::vector<TargetResult>& results) {
  const std::size_t failed = count_of(results, State::failed);
  if (failed == 0) return;
  throw Error(Code::database,
              concat(counted(failed, "target"), " of ", std::to_string(results.size()), " could not be asked"), {},
              "the table says why; mend that, or take it out of what --targets names");
}

void require_none_refused(const std::vector<TargetResult>& results) {
  const auto refused = static_cast<std::size_t>(
      std::ranges::count_if(results, [](const TargetResult& result) { return result.last_seen.is_refused; }));
  if (refused == 0) return;
  throw Error(
      Code::refused,
      concat("the run would be refused on ", counted(refused, "target"), " of ", std::to_string(results.size())), {},
      "the table says why");
}

void require_all_done(const std::vector<TargetResult>& results) {
  const std::size_t failed = count_of(results, State::failed), unbegun = count_of(results, State::unbegun);
  if (failed == 0 && unbegun == 0) return;
  const Text all = std::to_string(results.size()), not_begun = concat(unbegun == 1 ? " was" : " were", " not begun");
  const Text rest = unbegun > 0 ? concat(", and ", std::to_string(unbegun), not_begun) : Text();
  throw Error(Code::database,
              failed > 0 ? concat(counted(failed, "target"), " of ", all, " failed", rest)
                         : concat(counted(unbegun, "target"), " of ", all, not_begun),
              {}, "mend what failed, then run the same command again: it goes on with those that are behind");
}

}  // namespace quoin
