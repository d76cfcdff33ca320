// quoin repair: the ledger made to say what a person has found out.
#include "runner/repair.h"
#include "commands/command.h"
#include "commands/interrupt.h"
#include "project/project.h"

#include <nlohmann/json.hpp>

namespace quoin {
namespace {
struct RepairOptions {
  Text version;
  bool applied = false, pending = false;
  std::optional<int> done, wait;
};

runner::Repair repair_of(const RepairOptions& given) {
  const int said = int(given.applied) + int(given.pending) + int(given.done.has_value());
  if (said != 1)
    throw Error(Code::usage, "say what stands of the migration: --applied, --pending or --done N", {},
                "quoin status shows what the ledger thinks");
  if (given.done && *given.done < 0) throw Error(Code::usage, "--done counts statements, from 0");
  if (given.done) return {runner::Settled::partly, static_cast<std::size_t>(*given.done)};
  return {given.applied ? runner::Settled::applied : runner::Settled::pending};
}

int run(const RepairOptions& given, const CommandLine& settings) {
  const runner::Repair wish = repair_of(given);
  const int seconds = seconds_of(given.wait);
  const Interrupt interrupt;
  AtWork work(settings.need_database(), seconds, settings, interrupt.stop());
  work.ledger.create(work.connection);
  const MigrationStatuses statuses = read_standings(work.connection, work.ledger, settings);
  const runner::MigrationStatus& status = runner::named(statuses.all, given.version);
  const Text said = runner::repair(work.session, status, wish);
  const Text label = status.label();
  const Text& name = status.file != nullptr ? status.file->name : status.entry->name;
  settings.json ? print_json({{"repaired", status.version()}, {"name", name}, {"what", said}})
                : print_lines(concat("repaired ", label, ": ", said, "\n"));
  return 0;
}

std::function<int()> declare(Options& options, const CommandLine& settings) {
  auto given = std::make_shared<RepairOptions>();
  options.argument("VERSION", given->version, "the migration whose row is to be mended");
  options.flag("--applied", given->applied, "all of it stands, as its file is now, whoever did it");
  options.flag("--pending", given->pending, "nothing of it stands: the row is removed");
  options.number("--done", given->done, "its first N statements stand (of a rollback: are undone)");
  options.number("--wait", given->wait,
                 "seconds to wait for another runner, or whoever holds the ledger (default: 10)");
  return [given, &settings] { return run(*given, settings); };
}
}  // namespace

const Command repair_command{
    "repair", "tell the ledger what was settled by hand",
    "Changes the ledger, and writes down in its log what it said before. Where a run died at a statement that ran\n"
    "alone, what that left is settled too: an index left invalid is dropped, a partition half detached is detached.\n"
    "  quoin repair 20250106090000 --applied   # the rest was done by hand, or its file is as it should be\n"
    "  quoin repair 20250106090000 --pending   # it was undone by hand\n"
    "  quoin repair 20250106090000 --done 2    # it goes on with the third statement",
    declare};

}  // namespace quoin
