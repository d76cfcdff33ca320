#include "project/judged.h"

#include "core/base/files.h"
#include "core/base/kept.h"
#include "parser/yaml/yaml.h"
#include "project/assumed.h"
#include "project/meant.h"
#include "project/project.h"
#include "project/source.h"
#include "runner/ledger.h"

namespace quoin {

namespace {
std::set<Text> applied_versions(AskDatabase ask, const Settings& settings) {
  std::set<Text> versions;
  const std::optional<Text> url = ask == AskDatabase::if_known       ? settings.database()
                                  : settings.database_option.empty() ? std::nullopt
                                                                     : std::optional(settings.database_option);
  if (!url) return versions;
  postgres::Connection connection = connect(*url, 0, settings);
  for (const runner::Entry& entry : runner::Ledger(settings.config.ledger).read(connection))
    versions.insert(entry.version);
  return versions;
}

OrderingRequest request_of(const Judgement& judged, const List& search_path, const Assumed& assumed) {
  const auto stays = [&judged](std::size_t one) {
    return std::ranges::any_of(judged.applied, [&](const Text& version) {
      return compare_versions(version, judged.folder.migrations[one].version) == 0;
    });
  };
  return {judged.folder.migrations, search_path, assumed, stays};
}

void tell_moves(const Ordering& found, std::span<const Migration> migrations, Findings& findings) {
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
    finding.hint = "quoin verify --fix renames it so";
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

Judgement judge_folder(const Text& folder, AskDatabase ask, const Settings& settings) {
  Judgement judged;
  judged.folder = read_migration_folder(folder, judged.findings, reading_of(settings));
  const std::vector<Migration>& migrations = judged.folder.migrations;
  const Assumed assumed = read_assumed(settings);
  const List search_path = settings.search_path();
  Schema& schema = kept<Schema>(empty_database(kept<Ids>()));
  const Verified& verified = kept<Verified>(verify(migrations, schema, search_path, assumed));
  judged.findings.insert(judged.findings.end(), verified.findings.begin(), verified.findings.end());
  leave_out_meant(migrations, judged.findings);
  if (verified.out_of_order.empty()) return judged;
  judged.applied = applied_versions(ask, settings);
  judged.ordering = find_order(request_of(judged, search_path, assumed), verified);
  if (judged.ordering.works)
    tell_moves(judged.ordering, migrations, judged.findings);
  else
    tell_none(judged.ordering, judged.findings);
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

std::vector<Renaming> put_in_order(const Text& folder, const Judgement& judged, const Settings& settings) {
  const Assumed assumed;
  const List search_path = settings.search_path();
  std::vector<Renaming> all = renamings_for(judged.folder, judged.ordering, request_of(judged, search_path, assumed));
  rename_all(all, folder);
  return all;
}

}  // namespace quoin
