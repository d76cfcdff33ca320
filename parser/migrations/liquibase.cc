// Liquibase's folder: changesets in files of formatted SQL, in the order of the change log that includes them, or by
// the files' names.
#include <filesystem>
#include <set>
#include <unordered_map>

#include "core/base/files.h"
#include "parser/migrations/changelog.h"
#include "parser/migrations/changesets.h"
#include "parser/migrations/layouts.h"
#include "parser/migrations/names.h"

namespace quoin::migration_layouts {
namespace {

namespace fs = std::filesystem;

/// Calls `visit` with each file below a folder, relative to it, in the order of their paths, until it says false.
template <class Visit>
bool each_file_below(const fs::path& folder, const Text& prefix, Visit& visit) {
  constexpr std::ptrdiff_t deepest = 8;
  const bool is_deepest = std::ranges::count(prefix, '/') >= deepest;
  std::error_code failed;
  List names;  // of folders with a slash behind, as in the paths of what they hold
  for (auto entry = fs::directory_iterator(folder / prefix, failed); entry != fs::directory_iterator();
       entry.increment(failed)) {
    const Text name = entry->path().filename().string();
    if (name.starts_with('.')) continue;
    if (entry->is_directory(failed) && !entry->is_symlink(failed)) {
      if (!is_deepest) names.push_back(name + "/");
    } else if (!migration_names::is_leftover(name) && entry->is_regular_file(failed)) {
      names.push_back(name);
    }
  }
  std::ranges::sort(names);
  return std::ranges::all_of(names, [&](const Text& name) {
    const Text path = prefix + name;
    return path.ends_with('/') ? each_file_below(folder, path, visit) : visit(path);
  });
}

List files_below(const fs::path& folder) {
  List files;
  const auto add = [&](const Text& file) {
    files.push_back(file);
    return true;
  };
  each_file_below(folder, "", add);
  return files;
}

class Changelogs {
 public:
  explicit Changelogs(Folder& folder) : folder_(folder), filter_(filter_of(folder)), all_(files_below(folder.path)) {}

  std::vector<Migration> read() {
    std::vector<Changelog> logs;
    std::set<Text> included;
    for (const Text& file : all_) {
      std::optional<Changelog> log = read_changelog((fs::path(folder_.path) / file).string());
      if (!log) continue;
      log->path = file;
      if (log->changesets > 0) refuse_steps(*log);
      for (const Text& other : targets_of(*log)) included.insert(other);
      logs.push_back(std::move(*log));
    }
    for (const Changelog& log : logs)
      if (!included.contains(log.path)) follow(log, logs, {});
    if (logs.empty())
      for (const Text& file : all_) add(file, {});
    name_others();
    refuse_twice();
    return std::move(found_);
  }

 private:
  Folder& folder_;
  const ChangesetFilter filter_;
  const List all_;
  std::vector<Migration> found_;
  std::set<Text> seen_;  // files

  static ChangesetFilter filter_of(const Folder& folder) {
    ChangesetFilter filter = liquibase_filter(folder.path, folder.reading.environment);
    if (folder.reading.contexts) filter.contexts = folder.reading.contexts;
    if (folder.reading.label_filter) filter.label_filter = folder.reading.label_filter;
    return filter;
  }

  Text full(const Text& file) const { return (fs::path(folder_.path) / file).string(); }

  /// The files that an include means, as they are called in the folder. What is not relative to its change log is
  /// looked for from the project's root, which may lie above.
  List targets(const Changelog& log, const Changelog::Include& include) const {
    const fs::path path = fs::path(include.path).lexically_normal();
    const fs::path beside = (fs::path(log.path).parent_path() / path).lexically_normal();
    List found;
    const auto take = [&](const fs::path& wanted) {
      for (const Text& file : all_) {
        const Text below = wanted.string() == "." ? Text() : concat(wanted.string(), wanted.has_filename() ? "/" : "");
        const bool counts = file.starts_with(below) && file != log.path && file.ends_with(include.ending);
        if (include.whole_folder ? counts : file == wanted.string()) found.push_back(file);
      }
    };
    take(include.is_relative ? beside : path);
    if (found.empty()) take(include.is_relative ? path : beside);
    for (fs::path rest = path; found.empty() && std::distance(rest.begin(), rest.end()) > 1;) {
      rest = rest.lexically_relative(*rest.begin());
      take(rest);
    }
    return found;
  }

  List targets_of(const Changelog& log) const {
    List all;
    for (const Changelog::Include& include : log.includes)
      for (Text& file : targets(log, include)) all.push_back(std::move(file));
    return all;
  }

  void follow(const Changelog& log, const std::vector<Changelog>& logs, ChangesetLimits limits) {
    if (!seen_.insert(log.path).second) return;
    for (const Changelog::Property& property : log.properties) take(property, log);
    if (!log.contexts.empty()) limits.contexts.push_back(log.contexts);
    for (const Changelog::Include& include : log.includes) {
      const List files = targets(log, include);
      refuse_unread(log, include);
      if (files.empty() && !include.whole_folder)
        throw Error(Code::input, concat(full(log.path), " includes ", include.path, ", which the folder does not hold"),
                    {full(log.path)}, "put the file back, or name the folder that holds them all as migrations:");
      ChangesetLimits inner = limits;
      if (!include.contexts.empty()) inner.contexts.push_back(include.contexts);
      if (!include.labels.empty()) inner.labels.push_back(include.labels);
      for (const Text& file : files) {
        const auto nested = std::ranges::find(logs, file, &Changelog::path);
        nested == logs.end() ? add(file, inner) : follow(*nested, logs, inner);
      }
    }
  }

  void refuse_unread(const Changelog& log, const Changelog::Include& include) const {
    if (include.unread.empty()) return;
    throw Error(Code::input,
                concat(full(log.path), " includes ", include.path, " with ", include.unread,
                       ", which quoin does not follow, so it cannot know which changesets run"),
                {full(log.path)}, "include the files that are meant one by one, without it");
  }

  /// The first that is said of a name holds, as in Liquibase.
  void take(const Changelog::Property& property, const Changelog& log) {
    if (!reason_to_pass_over(filter_, {{property.contexts}, {}}).empty()) return;
    if (!property.name.empty()) folder_.variables.try_emplace(property.name, property.value);
    if (property.file.empty()) return;
    const fs::path beside = fs::path(full(log.path)).parent_path() / property.file;
    const fs::path file = fs::exists(beside) ? beside : fs::path(folder_.path) / property.file;
    if (!fs::exists(file))
      throw Error(Code::input, concat(full(log.path), " takes properties of ", property.file, ", which is not there"),
                  {full(log.path)}, "put the file back, or say what it holds under vars: in quoin.yaml");
    for (const auto& [name, value] : settings_of_file(file.string())) folder_.variables.try_emplace(name, value);
  }

  void add(const Text& file, const ChangesetLimits& limits) {
    if (!migration_names::is_sql(file) || !is_formatted_sql(read_text(full(file))) || !seen_.insert(file).second)
      return;
    const ChangesetReading reading{folder_.left_out, folder_.variables, filter_};
    for (Migration& migration : read_changesets({full(file), file, limits}, reading))
      found_.push_back(std::move(migration));
  }

  /// Changesets that are no SQL.
  void refuse_steps(const Changelog& log) const {
    const Text what = concat(std::to_string(log.changesets), log.changesets == 1 ? " changeset in " : " changesets in ",
                             log.language);
    if (folder_.reading.code == CodeSteps::named)
      return folder_.leave_out(Severity::warning, full(log.path), concat(what, ", beyond quoin's reach"));
    throw Error(Code::input, concat("it has ", what, ", which quoin cannot run, so steps would be missing"),
                {full(log.path)}, "write them as formatted SQL: liquibase generate-changelog, or by hand");
  }

  void name_others() const {
    for (const Text& file : all_)
      if (migration_names::is_sql(file) && !seen_.contains(file))
        folder_.leave_out(Severity::warning, full(file),
                          is_formatted_sql(read_text(full(file))) ? "no change log includes it"
                                                                  : "it does not begin with --liquibase formatted sql",
                          "remove it, or make it one of Liquibase's");
  }

  void refuse_twice() const {
    std::unordered_map<Text, const Migration*> all;
    for (const Migration& migration : found_) {
      const auto [other, is_new] = all.emplace(migration.version, &migration);
      if (!is_new)
        throw Error(Code::input, concat("two changesets are called ", migration.version), place_of(migration.up, 0),
                    concat("give one of them another id; the first is in ", other->second->file));
    }
  }
};

}  // namespace

Text liquibase_sign(const Text& folder) {
  constexpr std::size_t enough = 50;  // files of a folder that are looked at
  std::size_t looked = 0;
  Text found;
  const auto look = [&](const Text& file) {
    if (!migration_names::is_sql(file)) return true;
    const Text path = (fs::path(folder) / file).string();
    if (is_formatted_sql(read_file(path))) found = concat(path, " begins with --liquibase formatted sql");
    return found.empty() && ++looked < enough;
  };
  each_file_below(folder, "", look);
  return found;
}

std::vector<Migration> read_liquibase(Folder& folder) { return Changelogs(folder).read(); }

}  // namespace quoin::migration_layouts
