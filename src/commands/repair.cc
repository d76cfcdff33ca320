// quoin repair: the ledger made to say what a person has found out.
#include "commands/interrupt.h"
#include "commands/repeated.h"
#include "commands/targets.h"
#include "core/base/visible.h"
#include "project/repairing.h"

#include <nlohmann/json.hpp>

namespace quoin {
namespace {
struct RepairOptions {
  std::optional<Text> version;
  bool applied = false, pending = false;
  bool checksums = false, missing = false, failed = false, log = false, dry_run = false;
  std::optional<int> done, wait;

  bool is_of_many() const { return checksums || missing || failed; }
};

runner::Repair repair_of(const RepairOptions& given) {
  const int said = int(given.applied) + int(given.pending) + int(given.done.has_value());
  if (said != 1)
    throw Error(Code::usage, "say what stands of the migration: --applied, --pending or --done N", {},
                "quoin status shows what the ledger thinks");
  if (given.done && *given.done < 0)
    throw Error(Code::usage, "--done counts statements, from 0", {},
                "give how many of its statements stand, as quoin status counts them");
  if (given.done) return {runner::ClaimedState::partly, static_cast<std::size_t>(*given.done)};
  return {given.applied ? runner::ClaimedState::applied : runner::ClaimedState::pending};
}

int tell_faults(const std::vector<LedgerFault>& faults, const RepairOptions& given, const CommandLine& settings) {
  nlohmann::ordered_json mended = nlohmann::ordered_json::array(), open = mended;
  Text text;
  for (const LedgerFault& fault : faults) {
    const Text done = given.dry_run ? concat("would ", fault.undone) : fault.done;
    if (fault.is_asked_for)
      mended.push_back({{"version", fault.version}, {"what", done}});
    else
      open.push_back({{"version", fault.version}, {"what", fault.what}, {"way", fault.way}});
    text += concat(line_for_people(fault.is_asked_for ? done : concat(fault.what, "; ", fault.way)), "\n");
  }
  if (settings.json) return print_json({{given.dry_run ? "would_repair" : "repaired", mended}, {"open", open}}), 0;
  print_lines(text.empty() ? Text("nothing to repair: ledger and files agree\n") : repeating_options(text, settings));
  return 0;
}

/// Without a version: what is wrong is said, and mended as far as it was asked for.
int repair_many(const RepairOptions& given, const CommandLine& settings) {
  const RepairRequest request{settings.need_database(), given.checksums, given.missing, given.failed, given.wait};
  if (given.dry_run || !given.is_of_many()) return tell_faults(ledger_faults(request, settings), given, settings);
  const Interrupt interrupt;
  return tell_faults(mend_ledger(request, settings, interrupt.stop()), given, settings);
}

int run_make_log(const RepairOptions& given, const CommandLine& settings) {
  if (given.version || given.is_of_many() || given.dry_run)
    throw Error(Code::usage, "--log makes the ledger's log anew, and nothing else", {}, "say it alone");
  const Interrupt interrupt;
  const Text log = make_log(settings.need_database(), given.wait, settings, interrupt.stop());
  settings.json ? print_json({{"log", log}}) : print_lines(concat("the ledger has its log: ", log, "\n"));
  return 0;
}

int run(const RepairOptions& given, const CommandLine& settings) {
  if (given.log) return run_make_log(given, settings);
  if (!given.version && !given.applied && !given.pending && !given.done) return repair_many(given, settings);
  if (given.version && given.dry_run)
    throw Error(Code::usage, concat("--dry-run is said without VERSION; of ", *given.version, " you say what stands"),
                {}, "quoin status shows what the ledger has; quoin log, once it is repaired, what it had");
  if (!given.version || given.is_of_many())
    throw Error(Code::usage, "--applied, --pending and --done are said of one migration, and of none other", {},
                "name it: quoin repair VERSION --applied; or say of all: --checksums, --missing, --failed");
  const runner::Repair repair = repair_of(given);
  const Interrupt interrupt;
  const Repaired repaired =
      repair_migration({settings.need_database(), *given.version, repair, given.wait}, settings, interrupt.stop());
  const bool is_nothing = repaired.before.empty();
  const Text what =
      is_nothing ? Text("it is applied, as its file is now: nothing was to be repaired") : repaired.before;
  settings.json ? print_json({{"repaired", repaired.version}, {"name", repaired.name}, {"what", what}})
                : print_lines(concat(is_nothing ? "" : "repaired ", repaired.label, ": ", what, "\n"));
  return 0;
}

std::function<int()> declare(Options& options, const CommandLine& settings) {
  auto given = std::make_shared<RepairOptions>();
  options.argument("VERSION", given->version, "the migration whose row is to be mended (default: say what is wrong)");
  options.flag("--applied", given->applied, "all of it stands, as its file is now, whoever did it");
  options.flag("--pending", given->pending, "nothing of it stands: the row is removed");
  options.number("--done", given->done, "its first N statements stand (of a rollback: are undone)");
  options.flag("--checksums", given->checksums, "without VERSION: take all changed files as they are now");
  options.flag("--missing", given->missing, "without VERSION: forget what was applied and has no file");
  options.flag("--failed", given->failed, "without VERSION: forget failures of which nothing stands");
  options.flag("--log", given->log, "without VERSION: make the ledger's log anew where it was dropped");
  options.flag("--dry-run", given->dry_run, "without VERSION: only say what would be mended");
  declare_schema(options, settings);
  options.number("--wait", given->wait,
                 "seconds to wait for another runner, or whoever holds the ledger (default: 10)");
  return [given, &settings] { return run(*given, settings); };
}
}  // namespace

const Command repair_command{
    "repair", "tell the ledger what was settled by hand",
    "Changes the ledger, and writes down in its log what it said before. Where a run died at a statement that ran\n"
    "alone, what that left is settled too: an index left invalid is dropped, a partition half detached is detached.\n"
    "Without VERSION it tells what is wrong with the ledger and how to mend it, or mends all of a sort.\n"
    "  quoin repair                            # only looks\n"
    "  quoin repair --checksums                # after a reviewed change of files that are applied\n"
    "  quoin repair 20250106090000 --applied   # the rest was done by hand, or its file is as it should be\n"
    "  quoin repair 20250106090000 --pending   # it was undone by hand\n"
    "  quoin repair 20250106090000 --done 2    # it goes on with the third statement",
    declare};

}  // namespace quoin
