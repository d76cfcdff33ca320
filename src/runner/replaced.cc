#include "runner/replaced.h"

#include <algorithm>
#include <map>
#include <set>

#include "parser/migrations/replacing.h"
#include "runner/work.h"

namespace quoin::runner {
namespace {

using Statuses = std::vector<MigrationStatus>;
using Rows = std::map<std::string_view, const Entry*, EarlierVersion>;

Rows rows_of(const Statuses& all) {
  Rows rows;
  for (const MigrationStatus& status : all)
    if (status.entry != nullptr) rows.emplace(status.entry->version, status.entry);
  return rows;
}

/// How much of a baseline's list a database has applied.
struct Coverage {
  List whole, lacking, unlike, unfinished;  // labels; of what it lacks versions

  bool is_all() const { return lacking.empty() && unlike.empty() && unfinished.empty(); }
  bool is_part() const { return !is_all() && !(whole.empty() && unlike.empty() && unfinished.empty()); }
};

bool is_finished(const Entry& entry) { return entry.odd.empty() && entry.status == Status::applied; }
bool stands_as(const Entry& entry, const ReplacedVersion& one) {
  return is_finished(entry) && (entry.checksum.empty() || entry.checksum == one.checksum);
}

Coverage coverage_of(const std::vector<ReplacedVersion>& replaced, const Rows& rows) {
  Coverage coverage;
  for (const ReplacedVersion& one : replaced) {
    const auto row = rows.find(one.version);
    const bool stands = row != rows.end() && stands_as(*row->second, one);
    if (one.is_baseline && stands && !row->second->checksum.empty())
      coverage = {{row->second->label()}, {}, {}, {}};
    else if (!one.is_baseline && row == rows.end())
      coverage.lacking.push_back(one.version);
    else if (!one.is_baseline)
      (stands                      ? coverage.whole
       : is_finished(*row->second) ? coverage.unlike
                                   : coverage.unfinished)
          .push_back(row->second->label());
  }
  return coverage;
}

/// Or it was taken for it; its file may have been changed since, which is told as of any other.
bool ran_itself(const MigrationStatus& status) {
  return status.entry != nullptr &&
         (status.entry->checksum == status.file->checksum || status.entry->name == status.file->name);
}

/// Calls `body` for each baseline that did not run itself.
template <class Body>
void each_unknown(const Statuses& all, Body body) {
  std::optional<Rows> rows;
  for (const MigrationStatus& status : all) {
    if (status.file == nullptr || status.file->up.directive("replaces") == nullptr || ran_itself(status)) continue;
    const std::vector<ReplacedVersion> replaced = replaced_by(*status.file);
    if (!rows) rows = rows_of(all);
    body(status, coverage_of(replaced, *rows));
  }
}

Text told(const Coverage& coverage) {
  List parts;
  if (!coverage.whole.empty()) parts.push_back(concat("it has ", first_of(coverage.whole, 5)));
  if (!coverage.lacking.empty()) parts.push_back(concat("it lacks ", first_of(coverage.lacking, 5)));
  if (!coverage.unfinished.empty())
    parts.push_back(
        concat(first_of(coverage.unfinished, 5), coverage.unfinished.size() == 1 ? " is" : " are", " done in part"));
  if (!coverage.unlike.empty())
    parts.push_back(concat(first_of(coverage.unlike, 5),
                           " ran here as another file than the one that is replaced (the checksum is another)"));
  return join(parts, "; ");
}

/// Each does what it says with the baseline where it is.
Text advice(const MigrationStatus& status, const Coverage& coverage) {
  if (!coverage.unfinished.empty())
    return concat(
        "settle first what is done in part: quoin repair VERSION --applied (all of it stands), or --pending"
        " (nothing of it does)");
  if (coverage.lacking.empty())
    return "where this database is as the replaced files would have made it, as after a reviewed change of theirs: "
           "quoin"
           " repair --checksums, then quoin migrate; where it is not, mend it by hand before";
  return concat("move ", status.file->file,
                " out of the folder, with the replaced files in it (an earlier revision has"
                " them, where they are gone), and run quoin migrate --to ",
                status.version(), "; then put it back");
}

/// Of the files of that version, an original and perhaps an earlier baseline, the one that the row is of.
const ReplacedVersion* meant_by(const Entry& entry, const std::vector<ReplacedVersion>& replaced, const Rows& rows) {
  const ReplacedVersion* meant = nullptr;
  bool has_all_before = true;
  for (const ReplacedVersion& one : replaced) {
    const bool is_it = compare_versions(one.version, entry.version) == 0;
    if (is_it && (meant == nullptr || one.checksum == entry.checksum || !has_all_before)) meant = &one;
    has_all_before = has_all_before && rows.contains(one.version);
  }
  return meant;
}

void write(LedgerSession& session, const Statuses& baselines) {
  session.ledger.hold(session.connection);
  for (const MigrationStatus& status : baselines) {
    Entry entry = *status.entry;
    entry.name = status.file->name;
    entry.description = status.file->description;
    take_file(entry, *status.file);
    if (!write_row(session, entry, [&] { return session.ledger.correct(session.connection, entry); }))
      throw Error(Code::refused, concat("another runner has written the row of ", entry.label(), " meanwhile"), {},
                  "nothing was written; look at quoin status, then run it again");
    const std::size_t count = migrations_in(replaced_by(*status.file));
    const Text what = concat("taken as applied, without a run: the ", std::to_string(count),
                             count == 1 ? " migration" : " migrations", " that it replaces ran here");
    session.ledger.log(session.connection, {entry.version, entry.name, "baseline", what});
  }
}

}  // namespace

bool replaces(const Migration& file, const Entry& entry) {
  const std::vector<ReplacedVersion> replaced = replaced_by(file);
  return std::ranges::any_of(replaced, [&](const ReplacedVersion& one) {
    return one.checksum == entry.checksum && compare_versions(one.version, entry.version) == 0;
  });
}

namespace {
/// Tells which rows a baseline stands for that is not known to be what ran.
void mark_replaced(Statuses& all, const Migration& baseline) {
  const std::vector<ReplacedVersion> replaced = replaced_by(baseline);
  const Rows rows = rows_of(all);
  for (MigrationStatus& status : all) {
    const ReplacedVersion* meant = status.entry == nullptr ? nullptr : meant_by(*status.entry, replaced, rows);
    if (meant == nullptr) continue;
    status.baseline = &baseline;
    status.replaced_checksum = meant->checksum;
    if (status.state == State::missing) status.state = State::replaced;
    if (status.file == &baseline && status.state == State::applied) status.state = State::changed;
  }
}
}  // namespace

void hide_replaced(Statuses& all) {
  std::set<Text, EarlierVersion> hidden;
  const auto hide = [&](const Migration& file) {
    for (const ReplacedVersion& one : replaced_by(file)) hidden.insert(one.version);
  };
  for (const MigrationStatus& status : all)
    if (status.file != nullptr && ran_itself(status)) hide(*status.file);
  std::vector<const Migration*> unlike;
  each_unknown(all, [&](const MigrationStatus& status, const Coverage& coverage) {
    if (coverage.is_all())
      hide(*status.file);
    else if (coverage.is_part())
      unlike.push_back(status.file);
  });
  for (const Migration* baseline : unlike) mark_replaced(all, *baseline);
  if (hidden.empty()) return;
  std::erase_if(all, [&](const MigrationStatus& status) {
    return status.file == nullptr && status.entry->odd.empty() && hidden.contains(status.entry->version);
  });
}

void refuse_part_of_replaced(const Statuses& all) {
  each_unknown(all, [](const MigrationStatus& status, const Coverage& coverage) {
    if (status.state == State::applied || !coverage.is_part()) return;
    const Text why = coverage.lacking.empty() ? " not all stands here as it was: " : " this database has only part: ";
    throw Error(Code::refused, concat("of the migrations that ", status.label(), " replaces", why, told(coverage)),
                {status.file->file}, advice(status, coverage));
  });
}

Statuses not_taken_over(const Statuses& all) {
  Statuses found;
  for (const MigrationStatus& status : all)
    if (status.file != nullptr && status.state == State::applied && !ran_itself(status) &&
        status.file->up.directive("replaces") != nullptr)
      found.push_back(status);
  return found;
}

void take_over(LedgerSession& session, const Statuses& baselines) {
  in_one_transaction(session.connection, [&] { write(session, baselines); });
}

}  // namespace quoin::runner
