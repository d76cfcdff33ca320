// quoin adopt: another tool's history becomes quoin's.
#include "project/adopting.h"

#include <nlohmann/json.hpp>

#include "commands/command.h"
#include "commands/interrupt.h"
#include "core/base/visible.h"

namespace quoin {
namespace {
struct AdoptOptions {
  std::optional<Text> tool, table;
  std::optional<int> wait;
  bool dry_run = false;
};

nlohmann::ordered_json as_json(const Adopted& found, const AdoptOptions& given) {
  nlohmann::ordered_json adopted = nlohmann::ordered_json::array();
  for (const runner::Entry& entry : found.adoption.entries)
    adopted.push_back({{"version", entry.version}, {"name", entry.name}});
  const runner::Adoption& adoption = found.adoption;
  return {{"tool", found.history.ledger.tool->name},
          {"ledger", found.history.ledger.table},
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

Text as_text(const Adopted& found, const AdoptOptions& given) {
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
                   " from ", found.history.ledger.table, "\n", lines_of(labels));
  if (!adoption.missing.empty())
    text += concat("\napplied there, and no file is here; the ledger keeps them, so that such a file does not run:\n",
                   lines_of(adoption.missing));
  if (!adoption.beyond.empty())
    text += concat("\napplied there, and beyond quoin's reach, since no file here in SQL is theirs; not adopted:\n",
                   lines_of(adoption.beyond));
  if (!adoption.differences.empty()) text += concat("\n", lines_of(adoption.differences));
  return text + concat("\npending: ", counted(found.pending, "migration"),
                       found.pending > 0 ? "; quoin status shows them\n" : "\n");
}

int told(const Adopted& found, const AdoptOptions& given, const CommandLine& settings) {
  settings.json ? print_json(as_json(found, given)) : print_lines(as_text(found, given));
  return 0;
}

int run(const AdoptOptions& given, const CommandLine& settings) {
  const AdoptRequest request{settings.need_database(), given.tool, given.table, given.wait};
  if (given.dry_run) return told(preview_adoption(request, settings), given, settings);
  const Interrupt interrupt;
  return told(adopt_history(request, settings, interrupt.stop()), given, settings);
}

std::function<int()> declare(Options& options, const CommandLine& settings) {
  auto given = std::make_shared<AdoptOptions>();
  options.argument("TOOL", given->tool,
                   "whose ledger it is, as dbmate or flyway (default: the only one that is there)");
  options.value("--table SCHEMA.TABLE", given->table, "which of its ledgers, where there are several");
  options.flag("--dry-run", given->dry_run, "only say what would be written");
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
