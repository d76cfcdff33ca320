#include "runner/plan.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "parser/migrations/refusals.h"
#include "runner/lacking_down.h"
#include "runner/leftover.h"
#include "runner/lost_rows.h"
#include "runner/replaced.h"

namespace quoin::runner {
namespace {

using MigrationStatuses = std::vector<MigrationStatus>;

/// A migration that was adopted without its file has no checksum to compare.
bool is_what_ran(const Migration& file, const Entry& entry) {
  return file.checksum == entry.checksum || entry.checksum.empty() || replaces(file, entry);
}

State state_of(const Migration* file, const Entry* entry) {
  if (entry == nullptr) return State::pending;
  if (!entry->odd.empty()) return State::failed;
  if (entry->status != Status::applied) return State::failed;
  if (file == nullptr) return State::missing;
  if (is_what_ran(*file, *entry)) return State::applied;
  return file->repeats() ? State::pending : State::changed;
}

Text files_of(const MigrationStatuses& statuses) {
  List files;
  for (const MigrationStatus& status : statuses) files.push_back(status.file->file);
  return join(files, ", ");
}

void refuse_changed(const MigrationStatuses& all) {
  MigrationStatuses changed;
  for (const MigrationStatus& status : all) {
    if (status.state == State::changed) changed.push_back(status);
  }
  if (changed.empty()) return;
  throw Error(Code::refused,
              changed.size() == 1 ? Text("this migration was changed after being applied")
                                  : concat("migrations were changed after being applied: ", files_of(changed)),
              {changed.front().file->file},
              concat("put the file back as it was, and write what is new as another migration; where the database is as"
                     " the file has it now, since a comment changed: quoin repair ",
                     changed.size() == 1 ? changed.front().version() + " --applied" : Text("--checksums")));
}

bool begins_as_done(const Entry& entry, const Section& section, Wrapping wrapping) {
  return checksum_of(read_script(section, wrapping), entry.statements_done) == entry.done_checksum;
}

/// A file whose run died may be mended, but not in the statements that are done.
void refuse_changed_beginning(const Entry& entry, const Section& section, Wrapping wrapping) {
  const Script script = read_script(section, wrapping);
  require_same_batch(entry, script, section);
  if (checksum_of(script, entry.statements_done) == entry.done_checksum) return;
  throw Error(
      Code::refused,
      concat(section.file, " was changed in the first ", std::to_string(entry.statements_done),
             " statements, which are done already"),
      {section.file},
      concat(
          "put them back as they were, and mend only what comes after; or settle it by hand and say so: quoin repair ",
          entry.version, " --applied, --pending or --done N"));
}

Text repair_of(const MigrationStatus& status) {
  return concat("quoin repair ", status.version(), " --applied, --pending or --done N");
}

void refuse_unfinished(const MigrationStatuses& all) {
  for (const MigrationStatus& status : all) {
    if (status.state != State::failed) continue;
    require_sound(*status.entry);
    if (status.entry->status == Status::undoing) {
      throw Error(Code::refused,
                  concat("the rollback of ", status.label(), " is not finished: ", status.state_in_words()), {},
                  concat("finish it first: quoin rollback; or settle it by hand and say so: ", repair_of(status)));
    }
    if (status.file == nullptr && is_nothing_done(*status.entry) && status.entry->begun == 0)
      throw Error(Code::refused, concat(status.label(), " has failed, nothing of it stands, and its file is gone"), {},
                  "forget it: quoin repair --failed; or put the file back");
    if (status.file == nullptr) {
      throw Error(Code::refused, concat(status.label(), " is applied in part, and its file is gone"), {},
                  concat("put the file back; ",
                         status.entry->down && !is_nothing_done(*status.entry) ? "or undo it: quoin rollback; " : "",
                         "or settle it by hand and say so: quoin repair ", status.version(),
                         " --applied (all of it stands), or --pending (nothing of it does)"));
    }
  }
}

// Under another version the same file would run again.
void refuse_renumbered(const MigrationStatuses& all) {
  std::unordered_map<std::string_view, const MigrationStatus*> gone;
  for (const MigrationStatus& status : all)
    if (status.entry != nullptr && status.file == nullptr) gone.emplace(status.entry->checksum, &status);
  for (const MigrationStatus& status : all) {
    if (status.entry != nullptr || status.file == nullptr) continue;
    const auto before = gone.find(status.file->checksum);
    if (before == gone.end()) continue;
    throw Error(Code::refused,
                concat(status.label(), " is what was applied as ", before->second->label(), ", whose file is gone"),
                {status.file->file},
                concat("give it its version back; or settle it: quoin repair ", before->second->version(),
                       " --pending (forgets that one), then quoin repair ", status.version(), " --applied"));
  }
}

/// The migration of that version or label, or of another name that its tool has for it; null: there is none.
const MigrationStatus* find(const MigrationStatuses& statuses, const Text& name) {
  // Of rows of one number the one that is spelled so.
  for (const MigrationStatus& status : statuses)
    if (status.entry != nullptr && status.entry->version == name) return &status;
  if (const auto found = find_named(statuses, name, [](const MigrationStatus& one) { return one.version(); });
      found != statuses.end())
    return &*found;
  const MigrationStatus* meant = nullptr;
  for (const MigrationStatus& status : statuses) {
    if (status.file == nullptr || std::ranges::count(status.file->aliases, name) == 0) continue;
    if (meant != nullptr)
      throw Error(Code::input, concat(name, " is more than one: ", meant->label(), " and ", status.label()), {},
                  "name the one that is meant in full, as quoin list does");
    meant = &status;
  }
  return meant;
}

[[noreturn]] void refuse_unmet(const Migration& migration, const Directive& depends_on, const Migration* need) {
  const Finding unmet = unmet_need(migration, depends_on, need);
  throw Error(Code::refused, unmet.message, unmet.place, unmet.hint);
}

void refuse_missing_needs(const MigrationStatuses& all, const MigrationStatuses& chosen) {
  std::unordered_set<const Migration*> before;
  for (const MigrationStatus& status : chosen) {
    const MigrationStatus& here = *std::ranges::find(all, status.file, &MigrationStatus::file);
    for (const Directive& directive : status.file->up.directives) {
      if (directive.name != "depends-on") continue;
      const MigrationStatus* need = find(all, directive.argument);
      if (need == nullptr) refuse_unmet(*status.file, directive, nullptr);
      const bool there = need->state != State::pending && need->state != State::failed && need->state != State::running;
      if (there || before.contains(need->file)) continue;
      if (need >= &here && need->file != nullptr) refuse_unmet(*status.file, directive, need->file);
      throw Error(Code::refused, concat(status.label(), " depends on ", need->label(), ", which is not applied"),
                  directive.place, concat("run that one first: quoin migrate --to ", need->version()));
    }
    before.insert(status.file);
  }
}

[[noreturn]] void refuse_late(const MigrationStatuses& late, const MigrationStatuses& all) {
  const MigrationStatus* applied = nullptr;
  for (const MigrationStatus& status : all)
    if (status.entry != nullptr && !status.repeats()) applied = &status;
  const bool is_one = late.size() == 1;
  throw Error(
      Code::refused,
      concat("out of order: ", files_of(late), is_one ? " comes" : " come", " before what is applied here already",
             applied == nullptr ? Text() : concat(", up to ", applied->label())),
      {late.front().file->file},
      concat("give ", is_one ? "it a later version" : "them later versions", ", or run ", is_one ? "it" : "them",
             " all the same: quoin migrate --out-of-order"));
}

bool can_run(const MigrationStatus& status, const Bounds& bounds) {
  if (status.state != State::pending && status.state != State::failed) return false;
  return bounds.optional == Optional::run || status.file->up.directive("optional") == nullptr;
}

Section recorded_down(const Entry& entry) {
  Section down{concat(ledger_s_own, entry.label(), ")"), *entry.down};
  down.directives = directives_of(entry.down_directives);
  return down;
}

/// The down of the file while the file is what was applied, or is being mended, as also when its down has failed and is
/// mended (behind what is done, where not all was rolled back); else the ledger's, which belongs to what was applied.
bool takes_down_of_file(const MigrationStatus& status) {
  if (status.file == nullptr || !status.file->down) return false;
  const Entry& entry = *status.entry;
  if (entry.status == Status::failed || entry.status == Status::running) return true;
  if (is_what_ran(*status.file, entry)) return true;
  if (entry.status == Status::applied) return status.failure != nullptr && status.failure->action == "rollback";
  return entry.status == Status::undoing && begins_as_done(entry, *status.file->down, wrapping_of(*status.file->down));
}

Undoing undoing_of(const MigrationStatus& status) {
  require_sound(*status.entry);
  require_something_done(*status.entry);
  Undoing undoing{*status.entry, down_of(status)};
  if (takes_down_of_file(status) && undoing.down.file == status.file->down->file)
    require_filled(undoing.down, *status.file);
  const Wrapping wrapping = wrapping_of(undoing.down);
  if (undoing.entry.status == Status::undoing)
    refuse_changed_beginning(undoing.entry, undoing.down, wrapping);
  else
    read_script(undoing.down, wrapping);
  return undoing;
}

}  // namespace

// Values that were put into the down when it ran are the ledger's alone: another value would undo something else.
Section down_of(const MigrationStatus& status) {
  if (takes_down_of_file(status)) {
    const Section& down = *status.file->down;
    const bool is_as_recorded =
        status.entry->down && down.file == status.file->up.file && status.file->checksum == status.entry->checksum;
    return is_as_recorded && *status.entry->down != down.text ? recorded_down(*status.entry) : down;
  }
  const bool is_baseline = status.file != nullptr && status.file->up.directive("replaces") != nullptr;
  if (status.entry->down && !is_baseline) return recorded_down(*status.entry);
  throw Error(Code::refused, concat(status.label(), " cannot be undone: ", lacking_down(status)),
              {status.file != nullptr ? status.file->file : Text()},
              concat("write a new migration that undoes what it did; or undo it by hand and say so: quoin repair ",
                     status.version(), " --pending"));
}

namespace {
/// Where each stands in a folder whose order is its tool's: with its file, or where that is gone behind what was
/// applied before it.
void order_as_in_folder(MigrationStatuses& all, const std::vector<Migration>& files) {
  MigrationStatuses by_entry = all, ordered;
  std::erase_if(by_entry, [](const MigrationStatus& one) { return one.entry == nullptr; });
  std::ranges::sort(by_entry, {}, &MigrationStatus::entry);  // as they were applied
  std::unordered_map<const Entry*, const Migration*> behind;
  const Migration* last = nullptr;
  for (const MigrationStatus& one : by_entry) {
    if (one.file != nullptr) last = one.file;
    behind[one.entry] = last;
  }
  const auto place = [&](const MigrationStatus& one) -> std::ptrdiff_t {
    const Migration* file = one.file != nullptr ? one.file : behind[one.entry];
    return file == nullptr ? -1 : 2 * (file - files.data()) + (one.file == nullptr ? 1 : 0);
  };
  std::ranges::stable_sort(all, {}, place);
}
}  // namespace

MigrationStatuses compare(const std::vector<Migration>& files, const std::vector<Entry>& entries) {
  std::map<std::string_view, MigrationStatus, EarlierVersion> by_version;
  for (const Migration& file : files) by_version[file.version].file = &file;
  MigrationStatuses all;
  for (const Entry& entry : entries) {
    MigrationStatus& status = by_version[entry.version];
    const Entry* other = std::exchange(status.entry, &entry);
    if (other == nullptr) continue;
    // Rows of one number, as 1 and 01: the file's is the one that spells it like the file.
    if (status.file != nullptr && status.file->version == other->version) std::swap(status.entry, other);
    all.emplace_back().entry = other;
  }
  for (const auto& [version, status] : by_version) all.push_back(status);
  if (std::ranges::is_sorted(files, EarlierVersion(), &Migration::version))
    std::ranges::stable_sort(all, EarlierVersion(),
                             [](const MigrationStatus& one) -> std::string_view { return one.version(); });
  else
    order_as_in_folder(all, files);
  bool later_applied = false;
  for (auto status = all.rbegin(); status != all.rend(); ++status) {
    status->state = state_of(status->file, status->entry);
    if (status->repeats()) continue;
    status->out_of_order = status->state == State::pending && later_applied;
    later_applied = later_applied || status->entry != nullptr;
  }
  hide_replaced(all);
  return all;
}

const MigrationStatus& named(const MigrationStatuses& statuses, const Text& name) {
  if (const MigrationStatus* found = find(statuses, name)) return *found;
  List known;
  for (const MigrationStatus& status : statuses) {
    known.push_back(status.version());
    known.push_back(status.label());
  }
  const std::optional<Text> near = nearest(name, known);
  throw Error(Code::input, concat("there is no migration ", name), {},
              near ? concat("did you mean ", *near, "?") : Text("quoin list shows all of them"));
}

MigrationStatuses choose_pending(const MigrationStatuses& all, const Bounds& bounds) {
  refuse_lost(all);
  refuse_part_of_replaced(all);
  refuse_changed(all);
  refuse_unfinished(all);
  refuse_renumbered(all);
  MigrationStatuses chosen, late;
  const MigrationStatus* last = bounds.to ? &named(all, *bounds.to) : nullptr;
  for (const MigrationStatus& status : all) {
    if (last != nullptr && &status > last) break;
    if (bounds.count && chosen.size() >= static_cast<std::size_t>(*bounds.count)) break;
    if (!can_run(status, bounds)) continue;
    chosen.push_back(status);
    if (status.out_of_order) late.push_back(status);
  }
  if (!late.empty() && bounds.late == Late::refuse) refuse_late(late, all);
  refuse_missing_needs(all, chosen);
  for (const MigrationStatus& status : chosen) {
    for (const Finding& finding : refusals(*status.file))
      if (finding.severity == Severity::error && finding.rule != "transaction")
        throw Error(Code::refused, finding.message, finding.place, finding.hint);
    const Wrapping wrapping = wrapping_of(status.file->up);
    if (status.state == State::failed)
      refuse_changed_beginning(*status.entry, status.file->up, wrapping);
    else
      read_script(status.file->up, wrapping);
  }
  return chosen;
}

namespace {
/// In the order in which they are undone: that of application turned round, which is not that of the versions where one
/// came late.
std::vector<const MigrationStatus*> last_applied_first(const MigrationStatuses& all) {
  std::vector<const MigrationStatus*> applied;
  for (const MigrationStatus& status : all) {
    // What repeats stays where it cannot be undone: it is of no version.
    const bool down = status.entry != nullptr && (status.entry->down || (status.file && status.file->down));
    if (status.entry != nullptr && (down || !status.repeats())) applied.push_back(&status);
  }
  std::ranges::stable_sort(applied, std::greater(), &MigrationStatus::entry);
  return applied;
}
}  // namespace

std::vector<std::pair<const MigrationStatus*, std::optional<Section>>> all_undoable(const MigrationStatuses& all) {
  std::vector<std::pair<const MigrationStatus*, std::optional<Section>>> found;
  for (const MigrationStatus* status : last_applied_first(all)) {
    const bool is_known = !is_nothing_done(*status->entry) && (takes_down_of_file(*status) || status->entry->down);
    found.emplace_back(status, is_known ? std::optional(down_of(*status)) : std::nullopt);
  }
  return found;
}

std::vector<Undoing> choose_undo(const MigrationStatuses& all, const Bounds& bounds) {
  refuse_lost(all);
  const std::vector<const MigrationStatus*> applied = last_applied_first(all);
  const MigrationStatus* last = bounds.to ? &named(all, *bounds.to) : nullptr;
  if (last != nullptr && last->entry == nullptr) {
    throw Error(Code::input, concat(last->label(), " is not applied, so there is nothing to go back to"), {},
                "quoin list shows what is applied");
  }
  const int count = bounds.count.value_or(last != nullptr ? static_cast<int>(applied.size()) : 1);
  std::vector<Undoing> chosen;
  for (const MigrationStatus* status : applied) {
    if ((last != nullptr && status->entry == last->entry) || chosen.size() >= static_cast<std::size_t>(count)) break;
    chosen.push_back(undoing_of(*status));
  }
  return chosen;
}

}  // namespace quoin::runner
