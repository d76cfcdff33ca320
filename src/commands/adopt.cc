// quoin adopt: another tool's history becomes quoin's.
#include "project/adopted.h"
#include "project/adopting.h"

#include <nlohmann/json.hpp>

#include "commands/interrupt.h"
#include "commands/repeated.h"
#include "commands/targets.h"
#include "core/base/visible.h"

namespace quoin {
namespace {
struct AdoptOptions {
  std::optional<Text> tool, table;
  std::optional<int> wait;
  Text targets;
  bool dry_run = false;
};

nlohmann::ordered_json as_json(const Adopted& found, const AdoptOptions& given) {
  nlohmann::ordered_json adopted = nlohmann::ordered_json::array();
  for (const runner::Entry& entry : found.adoption.entries)
    adopted.push_back({{"version", entry.version}, {"name", entry.name}});
  const runner::Adoption& adoption = found.adoption;
  const runner::MigrationTool* tool = found.history.ledger.tool;
  return {{"tool", tool == nullptr ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(tool->name)},
          {"ledger",
           tool == nullptr ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(found.history.ledger.table)},
          {given.dry_run ? "would_adopt" : "adopted", std::move(adopted)},
          {"missing", adoption.missing},
          {"beyond", adoption.beyond},
          {"differences", adoption.differences},
          {"pending", found.pending}};
}

Text lines_of(const List& labels) {
  Text text;
  for (const Text& label : labels) text += concat("  ", label, "\n");
  return text;
}

Text as_text(const Adopted& found, const AdoptOptions& given, Loudness loudness) {
  if (found.history.ledger.tool == nullptr)
    return "nothing to adopt: quoin's own ledger is there, and no other tool's\n";
  const runner::Adoption& adoption = found.adoption;
  const Text tool(found.history.ledger.tool->name);
  Text text;
  List labels;
  for (const runner::Entry& entry : adoption.entries) labels.push_back(entry.label());
  if (labels.empty())
    text += concat("nothing to adopt from ", found.history.ledger.table, " of ", tool,
                   found.history.rows.empty() ? ": it has no rows\n" : "\n");
  else
    text += concat(given.dry_run ? "would adopt " : "adopted ", counted(labels.size(), "migration"), " of ", tool,
                   " from ", found.history.ledger.table, "\n", loudness == Loudness::quiet ? Text() : lines_of(labels));
  if (!adoption.missing.empty())
    text += concat("\napplied there, and no file is here; the ledger keeps them, so that such a file does not run:\n",
                   lines_of(adoption.missing));
  if (!adoption.beyond.empty())
    text += concat("\napplied there, and beyond quoin's reach, since no file here in SQL is theirs; not adopted:\n",
                   lines_of(adoption.beyond));
  if (labels.empty() && !adoption.beyond.empty() && adoption.own.empty()) text += concat(advice_beyond(), "\n");
  if (!adoption.differences.empty()) text += concat("\n", lines_of(adoption.differences));
  if (loudness == Loudness::quiet) return text;
  return text + concat("\npending: ", counted(found.pending, "migration"),
                       found.pending > 0 ? "; quoin status shows them\n" : "\n");
}

Adopted adopt_one(const AdoptRequest& request, const AdoptOptions& given, const Settings& settings,
                  const std::stop_token& stop) {
  return given.dry_run ? preview_adoption(request, settings) : adopt_history(request, settings, stop);
}

/// What became of each target, as a person or a program reads it.
class TargetReport {
 public:
  TargetReport(const AdoptOptions& given, const CommandLine& settings) : given_(given), settings_(settings) {}

  void tell(const Target& target, const Adopted& found) {
    all_.push_back({{"target", target.name}});
    all_.back().update(as_json(found, given_));
    if (settings_.json) return;
    const Text text = as_text(found, given_, Loudness::quiet);
    print_lines(
        concat(line_for_people(target.name), ": ", repeating_options(trim(text), aimed_at(target, settings_)), "\n"));
  }
  void tell(const Target& target, const Error& error) {
    ++failed_;
    all_.push_back({{"target", target.name}, {"error", log_fields_of(error, aimed_at(target, settings_))}});
    if (settings_.json) return;
    const Text hint = repeating_options(error.hint, aimed_at(target, settings_));
    print_lines(concat(line_for_people(target.name), ": not adopted: ", line_for_people(error.what()),
                       hint.empty() ? "" : "; ", line_for_people(hint), "\n"));
  }
  void end() const {
    if (settings_.json) print_json({{"targets", all_}});
    if (failed_ == 0) return;
    throw Error(Code::database,
                concat(counted(failed_, "target"), " of ", std::to_string(all_.size()), " could not be adopted"), {},
                "mend what is said of each, then say it again: what is adopted stays as it is");
  }

 private:
  const AdoptOptions& given_;
  const CommandLine& settings_;
  nlohmann::ordered_json all_ = nlohmann::ordered_json::array();
  std::size_t failed_ = 0;
};

/// One after the other: it is done once, and each only reads a table and writes another.
int run_on_targets(const AdoptOptions& given, const CommandLine& settings) {
  refuse_schema(settings);
  TargetReport report(given, settings);
  const Interrupt interrupt;
  for (const Target& target : targets_of(given.targets, settings)) {
    const Settings own = settings_for(target, settings);
    try {
      const AdoptRequest request{target.url, given.tool, given.table, given.wait, target.schema};
      report.tell(target, adopt_one(request, given, own, interrupt.stop()));
    } catch (const Error& error) {
      if (interrupt.stop().stop_requested()) throw;
      report.tell(target, error);
    }
  }
  report.end();
  return 0;
}

int run(const AdoptOptions& given, const CommandLine& settings) {
  if (!given.targets.empty()) return run_on_targets(given, settings);
  const AdoptRequest request{settings.need_database(), given.tool, given.table, given.wait, *settings.schema};
  const Interrupt interrupt;
  const Adopted found = adopt_one(request, given, settings, interrupt.stop());
  settings.json ? print_json(as_json(found, given))
                : print_lines(repeating_options(as_text(found, given, settings.loudness), settings));
  return 0;
}

std::function<int()> declare(Options& options, const CommandLine& settings) {
  auto given = std::make_shared<AdoptOptions>();
  options.argument("TOOL", given->tool,
                   "whose ledger it is, as dbmate or flyway (default: the only one that is there)");
  options.value("--table SCHEMA.TABLE", given->table, "which of its ledgers, where there are several");
  options.flag("--dry-run", given->dry_run, "only say what would be written");
  options.value("--targets FILE|QUERY", given->targets,
                "of each of many databases, or of schemas, as quoin migrate --targets names them");
  declare_schema(options, settings);
  options.number("--wait", given->wait,
                 "seconds to wait for another runner, or whoever holds the ledger (default: 10)");
  return [given, &settings] { return run(*given, settings); };
}
}  // namespace

const Command adopt_command{
    "adopt", "take over another tool's history",
    "Reads the ledger that another migration tool left in the database, and writes quoin's own from it, with the\n"
    "checksums of the files as they are. Theirs stays as it is. A step that is half done, or a lock, is refused.\n"
    "  quoin adopt --dry-run\n"
    "  quoin adopt dbmate",
    declare};

}  // namespace quoin
