#include "project/base.h"

#include <filesystem>
#include <map>
#include <set>

#include "core/base/private_folder.h"
#include "core/model/kind.h"
#include "parser/replay/verify.h"
#include "project/assumed.h"
#include "project/git.h"
#include "project/project.h"

namespace quoin {

namespace {
void call(Section& section, const Text& from, const Text& to) {
  const auto renamed = [&](Text& file) {
    if (file.starts_with(from)) file = concat(to, file.substr(from.size()));
  };
  renamed(section.file);
  for (Directive& directive : section.directives) renamed(directive.place.file);
}

/// The migrations that a commit has in the folder; none where it has no such folder.
std::vector<Migration> migrations_of(const Git& git, const Text& commit, const Text& folder, const Settings& settings) {
  const PrivateFolder there;
  if (!git.unpack(commit, folder, there.path()) || is_begun_folder(there.path())) return {};
  Findings left_out;
  std::vector<Migration> migrations = load_migrations(there.path(), left_out, reading_of(settings));
  for (Migration& migration : migrations) {
    call(migration.up, there.path(), folder);
    if (migration.down) call(*migration.down, there.path(), folder);
    migration.file = migration.up.file;
  }
  return migrations;
}

using Migrations = std::vector<Migration>;

bool holds(const Migrations& all, const Migration& one) {
  return std::ranges::any_of(all, [&](const Migration& other) { return other.file == one.file; });
}

bool is_earlier(const Migration& a, const Migration& b) {
  return a.repeats() != b.repeats() ? b.repeats() : compare_versions(a.version, b.version) < 0;
}

/// The effects of one side's new migrations.
struct Doing {
  std::map<Id, const ReplayedStatement*> makes, changes, drops;
  std::map<Id, const ReplayedStatement*> uses;  // of what it does not make itself
};

Doing doing(const Verified& verified, const std::set<Text>& files) {
  Doing all;
  for (const ReplayedStatement& one : verified.statements) {
    if (!files.contains(one.section->file)) continue;
    for (Id id : one.effects.makes) all.makes.emplace(id, &one);
    for (Id id : one.effects.changes) all.changes.emplace(id, &one);
    for (Id id : one.effects.drops) all.drops.emplace(id, &one);
    for (Id id : one.effects.needs) all.uses.emplace(id, &one);
  }
  return all;
}

class Sides {
 public:
  Sides(const Text& base, Migrations ours, Migrations theirs, Migrations parted)
      : base_(base), ours_(std::move(ours)), theirs_(std::move(theirs)), parted_(std::move(parted)) {
    for (const Migration& one : ours_)
      if (!holds(parted_, one) && !holds(theirs_, one)) our_new_.push_back(&one);
    for (const Migration& one : theirs_)
      if (!holds(parted_, one) && !holds(ours_, one)) their_new_.push_back(&one);
  }

  Findings judge(const Settings& settings) {
    find_late();
    if (find_same_versions() || our_new_.empty() || their_new_.empty()) return std::move(findings_);
    const Assumed assumed = read_assumed(settings);
    const List path = settings.search_path();
    Ids ids;
    Schema our_end = empty_database(ids), their_end = empty_database(ids);
    const Verified our_way = verify(ours_, our_end, path, assumed),
                   their_way = verify(theirs_, their_end, path, assumed);
    const Doing ours = doing(our_way, files_of(our_new_)), theirs = doing(their_way, files_of(their_new_));
    find_both(ours, theirs, their_end);
    find_dropped(ours, theirs);
    find_broken(our_way, their_way, assumed, path);
    return std::move(findings_);
  }

 private:
  const Text& base_;
  Migrations ours_, theirs_, parted_;
  std::vector<const Migration*> our_new_, their_new_;
  Findings findings_;
  std::set<Text> told_;  // objects

  static std::set<Text> files_of(const std::vector<const Migration*>& migrations) {
    std::set<Text> files;
    for (const Migration* one : migrations) files.insert(one->up.file);
    return files;
  }
  Text on_base(const Place& place) const { return concat(base_, ":", to_string(place)); }

  Finding& add(Severity severity, RuleName rule, const Place& place, Text message) {
    Finding& finding = findings_.emplace_back();
    finding.severity = severity;
    finding.rule = rule;
    finding.place = place;
    finding.message = std::move(message);
    return finding;
  }

  void find_late() {
    for (const Migration* one : our_new_)
      for (auto other = theirs_.rbegin(); other != theirs_.rend(); ++other) {
        if (one->repeats() || other->repeats() || compare_versions(one->version, other->version) >= 0) continue;
        add(Severity::error, "late", {one->up.file, 0, 0},
            concat(one->label(), " sorts before ", other->label(), ", which is on ", base_,
                   ": databases that have run that one would get this one too late"))
            .hint = concat("give it a version after ", other->version);
        break;
      }
  }

  bool find_same_versions() {
    bool any = false;
    for (const Migration* one : our_new_)
      for (const Migration* other : their_new_)
        if (compare_versions(one->version, other->version) == 0 && !one->repeats()) {
          any = true;
          add(Severity::error, "same-version", {one->up.file, 0, 0},
              concat(one->label(), " has the version of ", other->label(), ", which is on ", base_))
              .hint = "give it a later version";
        }
    return any;
  }

  /// An object within one that both sides make is not reported besides.
  void find_both(const Doing& ours, const Doing& theirs, const Schema& their_end) {
    for (const auto& [id, statement] : ours.makes)
      if (const auto other = theirs.makes.find(id);
          other != theirs.makes.end() && !ours.makes.contains(id->parent) && told_.insert(path(id)).second)
        add(Severity::error, "both-make", statement->place(),
            concat("both make ", path(id), ": the other is ", on_base(other->second->place())))
            .hint = "keep one of the two, or give this one another name";
    for (const auto& [id, statement] : ours.changes) {
      const auto other = theirs.changes.find(id);
      const bool is_whole = !their_end.any_child(id, [](const Object& child) { return child.id->kind->is_column(); });
      if (other != theirs.changes.end() && is_whole && !ours.makes.contains(id) && told_.insert(path(id)).second)
        add(Severity::warning, "both-change", statement->place(),
            concat("both change ", path(id), ", and the later one wins: the other is ",
                   on_base(other->second->place())))
            .hint = "write into the later one what both are to do";
    }
  }

  const ReplayedStatement* user_of(Id id, const Doing& side) const {
    for (const auto* all : {&side.uses, &side.changes, &side.makes})
      for (const auto& [used, statement] : *all)
        for (Id above = used; above; above = above->parent)
          if (above == id) return statement;
    return nullptr;
  }

  void find_dropped(const Doing& ours, const Doing& theirs) {
    for (const auto& [id, statement] : ours.drops)
      if (const ReplayedStatement* user = ours.makes.contains(id) ? nullptr : user_of(id, theirs);
          user && !theirs.drops.contains(id) && !ours.drops.contains(id->parent) && told_.insert(path(id)).second)
        add(Severity::error, "dropped-and-used", statement->place(),
            concat("it drops ", path(id), ", which ", on_base(user->place()), " uses"))
            .hint = "drop it once nothing uses it, or take the use away";
    for (const auto& [id, statement] : theirs.drops)
      if (const ReplayedStatement* user = theirs.makes.contains(id) ? nullptr : user_of(id, ours);
          user && !ours.drops.contains(id) && !theirs.drops.contains(id->parent) && told_.insert(path(id)).second)
        add(Severity::error, "dropped-and-used", user->place(),
            concat("it uses ", path(id), ", which ", on_base(statement->place()), " drops"))
            .hint = "do without it";
  }

  static bool says(const Findings& findings, const Finding& one) {
    return std::ranges::any_of(findings, [&](const Finding& other) {
      return other.rule == one.rule && other.place == one.place && other.object == one.object;
    });
  }

  /// In two orders: that of a database that has run all of base, and that of a new one.
  void find_broken(const Verified& our_way, const Verified& their_way, const Assumed& assumed, const List& path) {
    Migrations in_time = theirs_;
    for (const Migration* one : our_new_) in_time.push_back(*one);
    Migrations by_version = in_time;
    std::ranges::stable_sort(by_version, is_earlier);
    for (const Migrations* merged : {&in_time, &by_version}) {
      Ids ids;
      Schema schema = empty_database(ids);
      for (Finding& finding : verify(*merged, schema, path, assumed).findings) {
        if (finding.severity != Severity::error || says(our_way.findings, finding) ||
            says(their_way.findings, finding) || says(findings_, finding))
          continue;
        if (!finding.object.empty() && told_.contains(finding.object)) continue;
        const bool is_theirs = files_of(their_new_).contains(finding.place.file);
        if (is_theirs) finding.place.file = concat(base_, ":", finding.place.file);
        finding.message += concat(" (with what is on ", base_, ")");
        findings_.push_back(std::move(finding));
      }
    }
  }
};
}  // namespace

Findings conflicts_with(const Text& base, const Text& named, const Settings& settings) {
  Text folder = named;
  while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
  const std::optional<Git> git = Git::holding(folder);
  if (!git)
    throw Error(Code::input, concat(folder, " lies in no repository of git, so there is no ", base), {folder},
                "run it where the repository is checked out, with git installed");
  const Text commit = git->commit(base), parting = git->parting(commit, git->commit("HEAD"));
  Findings left_out;
  return Sides(base, load_migrations(folder, left_out, reading_of(settings)),
               migrations_of(*git, commit, folder, settings), migrations_of(*git, parting, folder, settings))
      .judge(settings);
}

}  // namespace quoin
