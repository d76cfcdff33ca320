// quoin redo: undoes what was applied last, and runs it again as its file is now.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "commands/interrupt.h"
#include "commands/undoing.h"
#include "parser/migrations/refusals.h"
#include "project/protection.h"

namespace quoin {
namespace {

/// What stops a run is told before anything is undone.
void require_runnable(const Undoings& undoings, const std::vector<Migration>& files) {
  for (const runner::Undoing& undoing : undoings) {
    const auto file = std::ranges::find(files, undoing.entry.version, &Migration::version);
    if (file == files.end())
      throw Error(Code::refused, concat(undoing.entry.label(), " has no file, so it could not run again"), {},
                  "put the file back; or only undo it: quoin rollback");
    for (const Finding& finding : refusals(*file))
      if (finding.severity == Severity::error) throw Error(Code::refused, finding.message, finding.place, finding.hint);
    runner::read_script(file->up, runner::wrapping_of(file->up));
  }
}

void run_again(AtWork& work, FollowedRun& run, const Undoings& undone, const std::vector<Migration>& files) {
  for (auto undoing = undone.rbegin(); undoing != undone.rend(); ++undoing) {
    const auto file = std::ranges::find(files, undoing->entry.version, &Migration::version);
    work.lock.require_held();
    const Progress progress(work.settings, concat("running ", file->file));
    run.step(step_up(*file), [&] { return runner::apply(work.session, *file, std::nullopt); });
  }
}

int run(const UndoOptions& given, const CommandLine& settings) {
  const Text url = settings.need_database();
  const std::vector<Migration> files = project_migrations(settings);
  const AskedUndoings asked = ask_undoings(url, given.request, settings);
  require_runnable(asked.undoings, files);
  Undoings undone;
  if (given.dry_run) {
    tell(settings, lines_of(asked.losses));
    undone = asked.undoings;
    for (const Text& label : labels_of(undone))
      if (!settings.json) print_lines(concat("would undo and run again ", label, "\n"));
  } else if (!asked.undoings.empty()) {
    refuse_protected(settings, url, "quoin redo");
    confirm(asked, given, settings);
    const Interrupt interrupt;
    std::optional<AtWork> work;  // to the end of the hooks, which need it
    FollowedRun followed(followers_of(undo_report(settings), settings, {url, given.telling.metrics_file}));
    followed.whole({"redo", postgres::name_of(url)}, [&] {
      work.emplace(url, given.request.wait, settings, interrupt.stop());
      undone = undo_all(*work, followed, asked, given.request);
      run_again(*work, followed, undone, files);
    });
  }
  if (settings.json) {
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (auto undoing = undone.rbegin(); undoing != undone.rend(); ++undoing)
      all.push_back({{"version", undoing->entry.version}, {"name", undoing->entry.name}});
    print_json({{given.dry_run ? "would_redo" : "redone", std::move(all)}});
  } else if (undone.empty()) {
    print_lines("nothing to undo: nothing is applied\n");
  }
  return 0;
}

std::function<int()> declare(Options& options, const CommandLine& settings) {
  auto given = std::make_shared<UndoOptions>();
  options.number("--count", given->request.bounds.count, "so many (default: 1)");
  options.flag("--dry-run", given->dry_run, "only say what would be undone and run again");
  options.flag("-y,--yes", given->yes, "do not ask");
  declare_telling(options, given->telling);
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
