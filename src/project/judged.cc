#include "project/judged.h"

#include "core/base/files.h"
#include "core/base/kept.h"
#include "parser/yaml/yaml.h"
#include "project/assumed.h"
#include "project/meant.h"
#include "project/project.h"
#include "project/source.h"
#include "runner/ledger.h"
#include "runner/script_faults.h"

namespace quoin {

namespace {
void ask_for_applied(AskDatabase ask, const Settings& settings, Judgement& judged) {
  if (ask == AskDatabase::never) return;
  const std::optional<Text> url = ask == AskDatabase::if_known       ? settings.database()
                                  : settings.database_option.empty() ? std::nullopt
                                                                     : std::optional(settings.database_option);
  if (!url) return;
  postgres::Connection connection = connect(*url, 0, settings);
  for (const runner::Entry& entry : runner::Ledger(settings.config.ledger).read(connection))
    judged.applied.insert(entry.version);
  judged.database = connection.name();
}

OrderingRequest request_of(const Judgement& judged, const List& search_path, const Assumed& assumed) {
  const auto stays = [&judged](std::size_t one) {
    return std::ranges::any_of(judged.applied, [&](const Text& version) {
      return compare_versions(version, judged.folder.migrations[one].version) == 0;
    });
  };
  return {judged.folder.migrations, search_path, assumed, stays};
}

/// What --fix would do, so that nobody is sent to what is then refused.
Text advice(const Judgement& judged, const Settings& settings) {
  if (judged.refusal)
    return concat("quoin verify --fix cannot rename it so: ", judged.refusal->what(),
                  judged.refusal->hint.empty() ? "" : "; ", judged.refusal->hint);
  if (judged.database) return "quoin verify --fix renames it so";
  return settings.database() ? "quoin verify --fix renames it so, unless the database has run it, which is asked then"
                             : "quoin verify --fix renames it so; where a database may have run it, name that:"
                               " --database URL";
}

void tell_moves(const Judgement& judged, const Settings& settings, Findings& findings) {
  const Ordering& found = judged.ordering;
  const std::span<const Migration> migrations = judged.folder.migrations;
  for (const Move& move : found.moves) {
    const auto place = std::ranges::find(found.order, move.migration);
    Finding& finding = findings.emplace_back();
    finding.severity = Severity::note;
    finding.rule = "order";
    finding.place.file = migrations[move.migration].up.file;
    finding.message = concat(migrations[move.migration].label(), " would work ",
                             place == found.order.begin() ? concat("before ", migrations[*(place + 1)].label())
                                                          : concat("after ", migrations[*(place - 1)].label()),
                             ": ", join(move.why, "; "));
    finding.hint = advice(judged, settings);
  }
}

void tell_none(const Ordering& found, Findings& findings) {
  Finding& finding = findings.emplace_back();
  finding.severity = Severity::note;
  finding.rule = "order";
  finding.message = "no order of these migrations was found in which all of this works";
  if (!found.circle.empty()) finding.message += concat(": ", join(found.circle, "; and "));
  finding.hint = found.circle.empty() ? "mend what is said above" : "split one of them in two";
}
}  // namespace

namespace {
void find_faults_of_batches(const std::vector<Migration>& migrations, Findings& findings) {
  const auto look = [&](const Section& section) {
    const std::optional<Error> fault = runner::fault_of_batches(section);
    if (!fault) return;
    Finding& finding = findings.emplace_back();
    finding.severity = Severity::error;
    finding.rule = "psql";
    finding.place = fault->where;
    finding.message = fault->what();
    finding.hint = fault->hint;
  };
  for (const Migration& migration : migrations) {
    look(migration.up);
    if (migration.down) look(*migration.down);
  }
}
}  // namespace

Judgement judge_folder(const Text& folder, AskDatabase ask, const Settings& settings) {
  Judgement judged;
  judged.folder = read_migration_folder(folder, judged.findings, reading_of(settings));
  const std::vector<Migration>& migrations = judged.folder.migrations;
  const Assumed assumed = read_assumed(settings);
  const List search_path = settings.search_path();
  Schema& schema = kept<Schema>(empty_database(kept<Ids>()));
  const Verified& verified = kept<Verified>(verify(migrations, schema, search_path, assumed));
  judged.findings.insert(judged.findings.end(), verified.findings.begin(), verified.findings.end());
  find_faults_of_batches(migrations, judged.findings);
  leave_out_meant(migrations, judged.findings);
  if (verified.out_of_order.empty()) return judged;
  ask_for_applied(ask, settings, judged);
  const OrderingRequest request = request_of(judged, search_path, assumed);
  judged.ordering = find_order(request, verified);
  if (!judged.ordering.works) return tell_none(judged.ordering, judged.findings), judged;
  try {
    judged.renamings = renamings_for(judged.folder, judged.ordering, request);
    require_free(judged.renamings);
  } catch (const Error& error) {
    if (error.code != Code::refused) throw;
    judged.refusal = error;
  }
  tell_moves(judged, settings, judged.findings);
  return judged;
}

Findings judge_yaml(const Text& where, const Settings& settings) {
  std::vector<YamlText> texts;
  List left_out;
  for (const Text& file : yaml_files(where, left_out)) texts.push_back({file, read_text(file)});
  Ids ids;
  Findings findings;
  const List search_path = settings.search_path();
  const Assumed assumed = read_assumed(settings);
  read_yaml(texts, ids, Surroundings{search_path, assumed}, findings);
  for (const Text& file : left_out) {
    Finding& finding = findings.emplace_back();
    finding.severity = Severity::note;
    finding.rule = "left-out";
    finding.place.file = file;
    finding.message = "its name does not end in .yaml or .yml";
  }
  return findings;
}

void put_in_order(const Text& folder, const Judgement& judged) {
  if (judged.refusal) throw *judged.refusal;
  rename_all(judged.renamings, folder);
}

}  // namespace quoin
