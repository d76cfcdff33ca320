// quoin rollback: undoes what was applied last.
#include <nlohmann/json.hpp>

#include "commands/hazards.h"
#include "commands/interrupt.h"
#include "commands/targets.h"
#include "commands/undoing.h"
#include "core/base/visible.h"
#include "project/leave.h"
#include "project/protection.h"
#include "runner/lacking_down.h"
#include "runner/leftover.h"

namespace quoin {
namespace {
nlohmann::ordered_json json_of(const runner::Undoing& undoing) {
  return {{"version", undoing.entry.version}, {"name", undoing.entry.name}};
}

void preview(const UndoPreview& asked, const UndoOptions& given, const CommandLine& settings) {
  tell(settings, lines_of(asked.losses));
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const runner::Undoing& undoing : asked.undoings) {
    if (!settings.json) print_lines(concat("would undo ", undoing.entry.label(), "\n"));
    detail(settings, undoing.down.text);
    all.push_back(json_of(undoing));
    all.back()["hazards"] = hazards_in(asked.losses, undoing.down);
  }
  if (settings.json) return print_json({{given.dry_run ? "would_undo" : "undone", all}});
  if (all.empty()) print_lines(why_nothing(given.request));
}

Text why_not(const runner::MigrationStatus& status) {
  if (runner::is_nothing_done(*status.entry)) return "  nothing to undo: it failed, and none of its statements is done";
  return concat("  cannot be undone: ", line_for_people(runner::lacking_down(status)));
}

/// What could be undone, the last applied first, with the SQL that would do it; null: nobody knows it.
int show_all(const Text& url, const UndoOptions& given, const CommandLine& settings) {
  const MigrationStatuses statuses = statuses_to_undo(url, given.request.wait, settings);
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  Text text;
  for (const auto& [status, down] : runner::all_undoable(statuses.all)) {
    all.push_back({{"version", status->version()},
                   {"name", status->entry->name},
                   {"down", down ? nlohmann::ordered_json(down->text) : nlohmann::ordered_json(nullptr)},
                   {"from", !down ? nullptr : nlohmann::ordered_json(down->file)}});
    text +=
        concat(line_for_people(status->label()), down ? concat("  ", line_for_people(down->file)) : why_not(*status),
               "\n", down ? concat("    ", indented(trim(down->text))) : Text(), down ? "\n" : "");
  }
  if (settings.json) return print_json({{"undoable", all}}), 0;
  print_lines(text.empty() ? Text("nothing to undo: nothing is applied\n") : text);
  return 0;
}

int run(const UndoOptions& given, const CommandLine& settings) {
  const Text url = settings.need_database();
  if (given.allow) check_allowed(split(*given.allow, ','), settings);
  if (given.list) return show_all(url, given, settings);
  const UndoPreview asked = preview_undo(url, given.request, settings);
  if (given.dry_run || asked.undoings.empty()) preview(asked, given, settings);
  if (asked.undoings.empty()) return 0;
  refuse_protected(settings, url, "quoin rollback");
  if (given.dry_run) return 0;
  confirm(asked, given, settings);
  const Interrupt interrupt;
  std::optional<LockedLedger> work;  // to the end of the hooks, which need it
  const auto report = std::make_shared<UndoReport>(settings);
  FollowedRun run(followers_of(report, settings, {url, given.telling.metrics_file}));
  run.whole({"rollback", postgres::name_of(url)}, [&] {
    work.emplace(url, given.request.wait, settings, interrupt.stop());
    try {
      undo_all(*work, run, asked, request_of(given));
    } catch (const Error&) {
      if (settings.json && report->has_news())
        print_json({{"undone", json_of(report->undone())}, {"failed", json_of(report->failed())}});
      throw;
    }
  });
  if (settings.json) print_json({{"undone", json_of(report->undone())}});
  return 0;
}

std::function<int()> declare(Options& options, const CommandLine& settings) {
  auto given = std::make_shared<UndoOptions>();
  options.number("--count", given->request.bounds.count, "undo so many (default: 1)");
  options.value("--to VERSION", given->request.bounds.to, "undo all that was applied after this version");
  options.flag("--dry-run", given->dry_run,
               "only say what would be undone (with -v: its SQL); refused where the environment is protected");
  options.flag("--list", given->list, "only show what could be undone, and with which SQL");
  options.flag("-y,--yes", given->yes, "do not ask");
  declare_undo_allow(options, *given);
  declare_telling(options, given->telling);
  declare_schema(options, settings);
  options.number("--wait", given->request.wait,
                 "seconds to wait for another runner, or whoever holds the ledger (default: 10)");
  return [given, &settings] { return run(*given, settings); };
}
}  // namespace

const Command rollback_command{
    "rollback", "undo the migrations that were applied last",
    "Runs their Down sections, last first. Where a file is no longer what was applied, or is gone,\n"
    "the down that the ledger kept is run.\n"
    "  quoin rollback\n"
    "  quoin rollback --to 20250106090000 -y",
    declare};

}  // namespace quoin
