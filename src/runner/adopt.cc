#include "runner/adopt.h"

#include <algorithm>
#include <unordered_set>

#include "parser/migrations/names.h"
#include "parser/migrations/replacing.h"
#include "runner/tool_files.h"
#include "runner/work.h"

namespace quoin::runner {
namespace {

/// True of a version that a file name could have, without control characters.
bool is_speakable(std::string_view version, const MigrationTool& tool) {
  const bool may_be_path = tool.naming == Naming::whole;
  return !version.empty() && version.size() <= 255 && std::ranges::all_of(version, [&](char c) {
    return static_cast<unsigned char>(c) > ' ' && (c != '/' || may_be_path) && c != 127;
  });
}

/// Reads the rows of one history against one folder.
class Planner {
 public:
  Planner(const ToolHistory& history, const OwnSide& side)
      : history_(history), tool_(*history.ledger.tool), side_(side), files_(tool_, side.files, side.folder) {
    for (const Migration& file : side.files)
      for (ReplacedVersion& one : replaced_by(file))
        if (!one.is_baseline) replaced_.push_back(std::move(one));
  }

  Adoption plan() {
    for (const ToolRow& row : history_.rows) {
      if (row.state == ToolRowState::failed) continue;
      const FileKey key = files_.key_of(row);
      const Migration* file = files_.find(key);
      if (row.state == ToolRowState::baseline || tool_.extent == Extent::up_to) take_all_up_to(row, key.version);
      if (file != nullptr)
        take(row, *file, row.state == ToolRowState::baseline ? Sums::none : Sums::compared);
      else if (row.state != ToolRowState::baseline)
        take_without_file(row, key);
    }
    note_own();
    return std::move(adoption_);
  }

 private:
  void take_all_up_to(const ToolRow& row, const Text& version) {
    for (const Migration& file : side_.files)
      if (!file.repeats() && compare_versions(file.version, version) < 0 && !is_told(file)) take(row, file, Sums::none);
    const bool has_baseline = std::ranges::any_of(side_.files, [&](const Migration& file) {
      return file.up.directive("replaces") != nullptr && compare_versions(file.version, version) <= 0;
    });
    for (const ReplacedVersion& one : replaced_)
      if (!has_baseline && compare_versions(one.version, version) < 0) take_replaced(row, one.version);
  }

  /// True if the history has a row of its own for the migration.
  bool is_told(const Migration& file) {
    if (told_.empty())
      for (const ToolRow& row : history_.rows)
        if (const Migration* of_row = files_.find(files_.key_of(row)); of_row != nullptr) told_.insert(of_row);
    return told_.contains(&file);
  }

  enum class Sums { compared, none };
  void take(const ToolRow& row, const Migration& file, Sums sums) {
    if (!taken_.insert(file.version).second) return;
    ++adoption_.here;
    Entry entry = entry_of(row);
    entry.version = file.version;
    entry.name = file.name;
    entry.description = file.description;
    take_file(entry, file);
    if (sums == Sums::compared) compare(row, file, entry);
    add(std::move(entry));
  }

  /// A repeatable migration whose file differs from what ran there runs again, as that tool would run it.
  void compare(const ToolRow& row, const Migration& file, Entry& entry) {
    if (!is_unchanged(tool_, row, file)) {
      if (file.repeats()) entry.checksum = row.checksum;
      adoption_.differences.push_back(
          concat(file.file, " is not what ", tool_.name, " ran: its checksum is another",
                 file.repeats() ? "; quoin migrate runs it again" : "; it is taken as it is now"));
    }
    const FileKey key = files_.key_of(row);
    const Text name = migration_names::parts_of(key.stem).name;
    if (!name.empty() && key.stem != stem_of(file))
      adoption_.differences.push_back(concat(file.file, " was called ", key.stem, " when ", tool_.name, " ran it"));
  }

  void take_without_file(const ToolRow& row, const FileKey& key) {
    const Text version = key.version.empty() ? row.label() : key.version;
    const bool wants_key = tool_.naming == Naming::journal || tool_.naming == Naming::whole;
    const bool is_known = tool_.files == Files::in_sql && (!wants_key || !key.version.empty());
    if (take_replaced(row, version)) return;
    if (!is_known || !is_speakable(version, tool_)) return adoption_.beyond.push_back(row.label());
    if (!taken_.insert(version).second) return;
    Entry entry = entry_of(row);
    entry.version = version;
    entry.name = migration_names::parts_of(key.stem).name;
    if (key.version.empty()) entry.name.clear();
    adoption_.missing.push_back(entry.label());
    add(std::move(entry));
  }

  Entry entry_of(const ToolRow& row) const {
    Entry entry;
    entry.applied_at = row.at;
    entry.applied_by = row.by.empty() ? Text(tool_.name) : row.by;
    return entry;
  }

  void add(Entry entry) {
    const auto is_it = [&](const Text& version) { return compare_versions(version, entry.version) == 0; };
    if (std::ranges::any_of(side_.entries, is_it, &Entry::version)) return;
    if (std::ranges::any_of(side_.taken_back, is_it)) return leave_taken_back(entry);
    adoption_.entries.push_back(std::move(entry));
  }

  void leave_taken_back(const Entry& entry) {
    adoption_.differences.push_back(
        concat(entry.label(), " is left out: quoin's log says that it was taken back since, so it is pending"));
  }

  /// A migration that a baseline here stands for, which takes its row over where all of them have run.
  bool take_replaced(const ToolRow& row, const Text& version) {
    const auto found = std::ranges::find_if(
        replaced_, [&](const ReplacedVersion& one) { return compare_versions(one.version, version) == 0; });
    if (found == replaced_.end()) return false;
    if (!taken_.insert(found->version).second) return true;
    ++adoption_.here;
    Entry entry = entry_of(row);
    entry.version = found->version;
    entry.checksum = found->checksum;
    add(std::move(entry));
    return true;
  }

  void note_own() {
    for (const Entry& own : side_.entries)
      if (std::ranges::none_of(taken_, [&](const Text& one) { return compare_versions(one, own.version) == 0; }))
        adoption_.own.push_back(own.label());
  }

  const ToolHistory& history_;
  const MigrationTool& tool_;
  OwnSide side_;
  ToolFiles files_;
  Adoption adoption_;
  std::vector<ReplacedVersion> replaced_;  // by baselines here
  std::unordered_set<Text> taken_;
  std::unordered_set<const Migration*> told_;
};

Error changed_meanwhile(const Text& table) {
  return {Code::refused,
          concat(table, " has changed meanwhile, so nothing was adopted"),
          {},
          "make sure that nobody runs migrations, then say it again"};
}

void write(LedgerSession& session, const ToolHistory& history, const Adoption& adoption) {
  postgres::Connection& connection = session.connection;
  session.ledger.hold(connection);
  if (read_tool_history(connection, history.ledger).rows != history.rows) throw changed_meanwhile(history.ledger.table);
  const Text said = concat("ran by ", history.ledger.tool->name, ", as ", history.ledger.table, " says");
  std::size_t place = 0;
  for (const Entry& entry : adoption.entries) {
    const auto add = [&] { return session.ledger.add_of_tool(connection, entry, place++); };
    if (!write_row(session, entry, add)) throw changed_meanwhile(session.ledger.name());
    session.ledger.log(connection, {entry.version, entry.name, "adopt",
                                    concat(said, entry.checksum.empty() ? "; no file here" : "",
                                           entry.applied_at.empty() ? without_time : "")});
  }
}

}  // namespace

Adoption plan_adoption(const ToolHistory& history, const OwnSide& side) { return Planner(history, side).plan(); }

void require_finished(const ToolHistory& history) {
  const MigrationTool& tool = *history.ledger.tool;
  const List failed = history.failed();
  if (!failed.empty())
    throw Error(Code::refused,
                concat(history.ledger.table, " says that ", join(failed, ", "), " did not run to ",
                       failed.size() == 1 ? "its end" : "their ends", ", so what stands of it nobody knows"),
                {}, concat(tool.mending, "; then say it again: quoin adopt ", tool.name));
  if (!history.lock.empty())
    throw Error(Code::refused,
                concat(history.lock, " says that ", tool.name, " is at work, or that a run of it was killed"), {},
                concat(tool.mending, "; then say it again: quoin adopt ", tool.name));
}

void adopt(LedgerSession& session, const ToolHistory& history, const Adoption& adoption) {
  in_one_transaction(session.connection, [&] { write(session, history, adoption); });
}

}  // namespace quoin::runner
