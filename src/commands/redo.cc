// quoin redo: undoes what was applied last, and runs it again as its file is now.
#include <nlohmann/json.hpp>

#include "commands/interrupt.h"
#include "commands/targets.h"
#include "commands/undoing.h"
#include "project/leave.h"
#include "project/protection.h"

namespace quoin {
namespace {
/// What was undone and did not run again is pending, and a second redo would not run it.
void tell_rest(const UndoReport& report, Error& error) {
  List left;
  for (const RunStep& step : report.undone())
    if (std::ranges::count(report.applied(), step.version, &RunStep::version) == 0) left.push_back(step.label());
  if (left.empty() || error.hint.find("quoin migrate") != Text::npos) return;
  error.hint += concat(error.hint.empty() ? "" : "; ", "undone and not run again yet: ", join(left, ", "),
                       ", which quoin migrate runs");
}

int run(const UndoOptions& given, const CommandLine& settings) {
  const Text url = settings.need_database();
  if (given.allow) check_allowed(split(*given.allow, ','), settings);
  const std::vector<Migration> files = project_migrations(settings);
  const UndoPreview asked = preview_undo(url, given.request, settings, files);
  require_runnable(asked.undoings, files);
  Undoings undone;
  if (given.dry_run) {
    tell(settings, lines_of(asked.losses));
    undone = asked.undoings;
    for (const Text& label : labels_of(undone))
      if (!settings.json) print_lines(concat("would undo and run again ", label, "\n"));
    if (!asked.undoings.empty()) refuse_protected(settings, url, "quoin redo");
  } else if (!asked.undoings.empty()) {
    refuse_protected(settings, url, "quoin redo");
    confirm(asked, given, settings);
    const Interrupt interrupt;
    std::optional<LockedLedger> work;  // to the end of the hooks, which need it
    const auto report = std::make_shared<UndoReport>(settings);
    FollowedRun followed(followers_of(report, settings, {url, given.telling.metrics_file}));
    followed.whole({"redo", postgres::name_of(url)}, [&] {
      work.emplace(url, given.request.wait, settings, interrupt.stop());
      work->session.undoes_with = "redo";
      try {
        undone = undo_all(*work, followed, asked, request_of(given));
        run_again(*work, followed, undone, files);
      } catch (Error& error) {
        tell_rest(*report, error);
        if (settings.json && report->has_news())
          print_json({{"redone", json_of(report->applied())},
                      {"undone", json_of(report->undone())},
                      {"failed", json_of(report->failed())}});
        throw;
      }
    });
  }
  if (settings.json) {
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (auto undoing = undone.rbegin(); undoing != undone.rend(); ++undoing)
      all.push_back({{"version", undoing->entry.version}, {"name", undoing->entry.name}});
    print_json({{given.dry_run ? "would_redo" : "redone", std::move(all)}});
  } else if (undone.empty()) {
    print_lines(why_nothing(given.request));
  }
  return 0;
}

std::function<int()> declare(Options& options, const CommandLine& settings) {
  auto given = std::make_shared<UndoOptions>();
  given->request.afterwards = Afterwards::run_again;
  options.number("--count", given->request.bounds.count, "so many (default: 1)");
  options.flag("--dry-run", given->dry_run, "only say what would be undone and run again");
  options.flag("-y,--yes", given->yes, "do not ask");
  declare_undo_allow(options, *given);
  declare_telling(options, given->telling);
  declare_schema(options, settings);
  options.number("--wait", given->request.wait,
                 "seconds to wait for another runner, or whoever holds the ledger (default: 10)");
  return [given, &settings] { return run(*given, settings); };
}
}  // namespace

const Command redo_command{"redo", "undo the migrations that were applied last, and run them again",
                           "For a database that one develops on: the down of what was applied runs, then the file as\n"
                           "it is now. What its rows held is lost.\n"
                           "  quoin redo -y",
                           declare};

}  // namespace quoin
