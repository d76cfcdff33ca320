// quoin repair: the ledger made to say what a person has found out.
#include "runner/repair.h"
#include "commands/interrupt.h"
#include "commands/repeated.h"
#include "core/base/visible.h"
#include "project/project.h"

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
  if (given.done && *given.done < 0) throw Error(Code::usage, "--done counts statements, from 0");
  if (given.done) return {runner::Settled::partly, static_cast<std::size_t>(*given.done)};
  return {given.applied ? runner::Settled::applied : runner::Settled::pending};
}

/// What is not as it should be, what mends it, and whether that was asked for.
struct Fault {
  const runner::MigrationStatus* status;
  runner::Repair repair;
  Text what, way, act;  // act: what is done about it: "forget …"
  bool is_asked_for = false;
};

bool is_nothing(const runner::Entry& entry) {
  return entry.odd.empty() && entry.forced.empty() && entry.status == runner::Status::failed &&
         entry.statements_done == 0 && entry.begun == 0;
}

std::vector<Fault> faults_in(const std::vector<runner::MigrationStatus>& all, const RepairOptions& given) {
  using runner::Settled;
  using runner::State;
  std::vector<Fault> found;
  for (const runner::MigrationStatus& status : all) {
    const Text label = status.label();
    if (status.state == State::changed)
      found.push_back({&status,
                       {Settled::applied},
                       concat(status.file->file, " was changed after being applied"),
                       "where the change was reviewed: quoin repair --checksums",
                       concat("take ", status.file->file, " as it is now"),
                       given.checksums});
    if (status.state == State::missing)
      found.push_back({&status,
                       {Settled::pending},
                       concat(label, " was applied, and its file is gone"),
                       "to forget it: quoin repair --missing",
                       concat("forget ", label, ", whose file is gone"),
                       given.missing});
    if (status.state == State::failed && is_nothing(*status.entry))
      found.push_back({&status,
                       {Settled::pending},
                       concat(label, " has failed, and nothing of it stands"),
                       "to begin it anew: quoin repair --failed",
                       concat("forget the failure of ", label, ", of which nothing stands"),
                       given.failed});
    else if (status.state == State::failed)
      found.push_back(
          {&status,
           {},
           concat(label, " is done in part: ", status.standing()),
           concat("look what stands, and say: quoin repair ", status.version(), " --applied, --pending or --done N"),
           {}});
  }
  return found;
}

Text done(const Fault& fault, const RepairOptions& given) {
  if (given.dry_run) return concat("would ", fault.act);
  return concat(fault.act.starts_with("take ") ? "took" : "forgot", fault.act.substr(fault.act.find(' ')));
}

int tell_faults(const std::vector<Fault>& faults, const RepairOptions& given, const CommandLine& settings) {
  nlohmann::ordered_json mended = nlohmann::ordered_json::array(), open = mended;
  Text text;
  for (const Fault& fault : faults) {
    if (fault.is_asked_for)
      mended.push_back({{"version", fault.status->version()}, {"what", done(fault, given)}});
    else
      open.push_back({{"version", fault.status->version()}, {"what", fault.what}, {"way", fault.way}});
    text += line_for_people(fault.is_asked_for ? done(fault, given) : concat(fault.what, "; ", fault.way));
    text += "\n";
  }
  if (settings.json) return print_json({{given.dry_run ? "would_repair" : "repaired", mended}, {"open", open}}), 0;
  print_lines(text.empty() ? Text("nothing to repair: ledger and files agree\n") : repeating_options(text, settings));
  return 0;
}

/// Without a version: what is wrong is said, and mended as far as it was asked for.
int repair_many(const RepairOptions& given, const CommandLine& settings) {
  const Text url = settings.need_database();
  if (given.dry_run || !given.is_of_many()) {
    postgres::Connection connection = connect(url, given.wait, settings);
    const runner::Ledger ledger(settings.config.ledger, seconds_of(given.wait));
    const MigrationStatuses statuses = read_standings(connection, ledger, settings);
    return tell_faults(faults_in(statuses.all, given), given, settings);
  }
  const Interrupt interrupt;
  AtWork work(url, given.wait, settings, interrupt.stop());
  work.ledger.create(work.connection);
  const MigrationStatuses statuses = read_standings(work.connection, work.ledger, settings);
  const std::vector<Fault> faults = faults_in(statuses.all, given);
  for (const Fault& fault : faults)
    if (fault.is_asked_for) runner::repair(work.session, *fault.status, fault.repair);
  return tell_faults(faults, given, settings);
}

int make_log(const RepairOptions& given, const CommandLine& settings) {
  if (given.version || given.is_of_many() || given.dry_run)
    throw Error(Code::usage, "--log makes the ledger's log anew, and nothing else", {}, "say it alone");
  const Interrupt interrupt;
  AtWork work(settings.need_database(), given.wait, settings, interrupt.stop());
  work.ledger.create(work.connection);
  const Text log = work.ledger.tables().back();
  settings.json ? print_json({{"log", log}}) : print_lines(concat("the ledger has its log: ", log, "\n"));
  return 0;
}

int run(const RepairOptions& given, const CommandLine& settings) {
  if (given.log) return make_log(given, settings);
  if (!given.version && !given.applied && !given.pending && !given.done) return repair_many(given, settings);
  if (given.version && given.dry_run)
    throw Error(Code::usage, concat("--dry-run is said without VERSION; of ", *given.version, " you say what stands"),
                {}, "quoin status shows what the ledger has; quoin log, once it is repaired, what it had");
  if (!given.version || given.is_of_many())
    throw Error(Code::usage, "--applied, --pending and --done are said of one migration, and of none other", {},
                "name it: quoin repair VERSION --applied; or say of all: --checksums, --missing, --failed");
  const runner::Repair wish = repair_of(given);
  const Interrupt interrupt;
  AtWork work(settings.need_database(), given.wait, settings, interrupt.stop());
  work.ledger.create(work.connection);
  const MigrationStatuses statuses = read_standings(work.connection, work.ledger, settings);
  const runner::MigrationStatus& status = runner::named(statuses.all, *given.version);
  const Text said = runner::repair(work.session, status, wish);
  const Text label = status.label();
  const Text& name = status.file != nullptr ? status.file->name : status.entry->name;
  settings.json ? print_json({{"repaired", status.version()}, {"name", name}, {"what", said}})
                : print_lines(concat("repaired ", label, ": ", said, "\n"));
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
