// quoin list: every migration and its state.
#include <nlohmann/json.hpp>

#include "commands/command.h"
#include "commands/targets.h"
#include "core/base/visible.h"
#include "project/overview.h"

namespace quoin {
namespace {

/// Of one that was marked as applied only afterwards: "before …".
Text applied_at(const runner::MigrationStatus& status, const std::set<Text>& marked) {
  if (status.entry == nullptr) return {};
  return concat(marked.contains(status.entry->version) ? "before " : "", status.entry->applied_at);
}

Text as_text(const KnownMigrations& known) {
  const MigrationStatuses& statuses = known.statuses;
  if (statuses.all.empty()) return "no migrations\n";
  std::vector<List> rows{{"VERSION", "STATE", "APPLIED (UTC)", "NAME"}};
  List troubles{Text()};
  for (const runner::MigrationStatus& status : statuses.all) {
    const bool recorded = status.entry != nullptr;
    rows.push_back({status.version(), Text(runner::to_string(status.shown())), applied_at(status, known.marked),
                    recorded ? status.entry->name : status.file->name});
    troubles.push_back(status.last_error());
  }
  for (List& row : rows)
    for (Text& cell : row) cell = line_for_people(cell);
  std::vector<std::size_t> widths(rows[0].size());
  for (const List& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], characters(row[i]));
  Text text;
  for (std::size_t line = 0; line < rows.size(); ++line) {
    const List& row = rows[line];
    for (std::size_t i = 0; i + 1 < row.size(); ++i) text += row[i] + Text(widths[i] + 2 - characters(row[i]), ' ');
    text += row.back() + "\n";
    if (!troubles[line].empty()) text += concat("  ", indented(troubles[line]), "\n");
  }
  return text;
}

nlohmann::ordered_json as_json(const KnownMigrations& known) {
  const MigrationStatuses& statuses = known.statuses;
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const runner::MigrationStatus& status : statuses.all) {
    nlohmann::ordered_json one;
    const auto* entry = status.entry;
    const auto* file = status.file;
    one["version"] = status.version();
    one["name"] = file != nullptr ? file->name : entry->name;
    one["description"] = file != nullptr ? file->description : entry->description;
    one["state"] = runner::to_string(status.shown());
    one["file"] = file != nullptr ? nlohmann::ordered_json(file->file) : nlohmann::ordered_json();
    one["reversible"] = file != nullptr ? file->down.has_value() : entry->down.has_value();
    if (entry != nullptr) {
      const bool is_marked = known.marked.contains(entry->version);
      one["applied_at"] = is_marked ? nlohmann::ordered_json() : nlohmann::ordered_json(entry->applied_at);
      if (is_marked) one["applied_before"] = entry->applied_at;
      one["applied_by"] = entry->applied_by;
      one["execution_ms"] = entry->milliseconds;
    }
    if (const Text trouble = status.last_error(); !trouble.empty()) one["error"] = trouble;
    all.push_back(std::move(one));
  }
  return {{"migrations", std::move(all)}};
}

int run(std::optional<int> wait, const CommandLine& settings) {
  const KnownMigrations known = known_migrations(settings.need_database(), wait, settings);
  settings.json ? print_json(as_json(known)) : print_lines(as_text(known));
  return 0;
}

std::function<int()> declare(Options& options, const CommandLine& settings) {
  auto wait = std::make_shared<std::optional<int>>();
  declare_schema(options, settings);
  options.number("--wait", *wait, "seconds to wait for whoever holds the ledger (default: 10)");
  return [wait, &settings] { return run(*wait, settings); };
}
}  // namespace

const Command list_command{"list", "every migration, and whether it is applied",
                           "Only reads.\n"
                           "  quoin list --json",
                           declare};

}  // namespace quoin
