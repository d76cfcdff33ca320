#include "runner/lost_rows.h"

#include <algorithm>
#include <map>

namespace quoin::runner {
void mark_lost(std::vector<MigrationStatus>& all, const std::vector<LoggedVersion>& without_row) {
  std::map<std::string_view, const LoggedVersion*, EarlierVersion> applied;
  for (const LoggedVersion& one : without_row)
    if (one.last.says_done()) applied.emplace(one.last.version, &one);
  Text next;
  std::size_t places = 0;
  for (auto status = all.rbegin(); status != all.rend(); ++status) {
    if (status->repeats()) continue;
    if (status->entry != nullptr) next = status->entry->version, places = 0;
    const auto line = applied.find(status->version());
    if (status->entry != nullptr || line == applied.end()) continue;
    status->state = State::lost;
    status->lost = {line->second, next, ++places};
    status->out_of_order = false;
  }
}

List taken_back_in(const std::vector<LoggedVersion>& without_row) {
  List versions;
  for (const LoggedVersion& one : without_row)
    if (!one.last.says_done()) versions.push_back(one.last.version);
  return versions;
}

std::size_t lost_in(const std::vector<LoggedVersion>& without_row) {
  return static_cast<std::size_t>(
      std::ranges::count_if(without_row, [](const LoggedVersion& one) { return one.last.says_done(); }));
}

Text told_of_lost(const MigrationStatus& status) {
  const LoggedLine& line = status.lost->logged->last;
  const bool is_part = line.action == "repair" && !line.detail.ends_with(said_to_be_applied);
  const char* how = line.action == "begin" ? "begun at " : is_part ? "done in part at " : "applied at ";
  return concat(how, line.at, " UTC by ", line.by);
}

Text way_of_lost(const MigrationStatus& status) {
  return concat("look whether what it does is in the database, and say so: quoin repair ", status.version(),
                " --applied, or --pending; of one that is done in part --done N");
}

void refuse_lost(const std::vector<MigrationStatus>& all) {
  List labels;
  const MigrationStatus* last = nullptr;
  for (const MigrationStatus& status : all) {
    if (status.state != State::lost) continue;
    labels.push_back(status.label());
    last = &status;
  }
  if (last == nullptr) return;
  const bool is_one = labels.size() == 1;
  throw Error(
      Code::refused,
      concat("the ledger has lost the ", is_one ? "row" : "rows", " of ", first_of(labels, 5), ": its log says that ",
             is_one ? "it was " : "the last of them was ", told_of_lost(*last), ", and nothing took ",
             is_one ? "it" : "them", " back"),
      {last->file->file},
      is_one ? way_of_lost(*last)
             : concat("put the ledger's rows back from a backup; or say what stands: quoin baseline ", last->version(),
                      " takes all up to there as applied, quoin repair VERSION --pending says of"
                      " one that it is to run; where nothing stands, quoin reset begins the history anew"));
}

}  // namespace quoin::runner
