// Sqitch's project: the plan names the changes in order, deploy/ and revert/ hold a script for each.
#include <filesystem>
#include <unordered_map>
#include <unordered_set>

#include "core/base/files.h"
#include "parser/migrations/layouts.h"
#include "parser/migrations/names.h"
#include "parser/migrations/own_transaction.h"
#include "parser/migrations/sections.h"
#include "parser/migrations/sqitch_plan.h"

namespace quoin::migration_layouts {
namespace {

namespace fs = std::filesystem;

/// Where its parts lie, by sqitch.conf.
struct Project {
  Text plan, deploy, revert, verify, extension = "sql";
};

/// `key = value` lines of [core] and [engine "pg"] as core.key in small letters, and those of their variables, of which
/// a deploy's go over the rest, as set.name.
Variables settings_in(const fs::path& conf) {
  static const Variables prefixes{{"[core]", "core."},
                                  {"[engine \"pg\"]", "core."},
                                  {"[core \"variables\"]", "set."},
                                  {"[engine \"pg.variables\"]", "set."},
                                  {"[deploy \"variables\"]", "set."}};
  Variables settings;
  std::error_code absent;
  if (!fs::is_regular_file(conf, absent)) return settings;
  auto section = prefixes.end();
  for (const Text& line : split(read_text(conf), '\n')) {
    const std::string_view said = trim(line);
    if (said.starts_with('[')) section = prefixes.find(lower(said));
    const std::size_t sign = said.find('=');
    if (section == prefixes.end() || said.empty() || said[0] == '#' || said[0] == ';' || sign == said.npos) continue;
    const std::string_view key = trim(said.substr(0, sign));
    const bool is_variable = section->second == "set.";
    settings[section->second + (is_variable ? Text(key) : lower(key))] = trim(said.substr(sign + 1));
  }
  return settings;
}

Project project_by(const fs::path& base) {
  const Variables settings = settings_in(base / "sqitch.conf");
  const auto path = [&](const char* key, const fs::path& otherwise) {
    const auto found = settings.find(key);
    return (found == settings.end() ? otherwise : base / found->second).lexically_normal();
  };
  const fs::path top = path("core.top_dir", base);
  Project project{path("core.plan_file", top / "sqitch.plan").string(),
                  path("core.deploy_dir", top / "deploy").string(), path("core.revert_dir", top / "revert").string(),
                  path("core.verify_dir", top / "verify").string()};
  if (const auto found = settings.find("core.extension"); found != settings.end()) project.extension = found->second;
  return project;
}

/// Its settings lie in the folder, or in the one above it, which may say that the folder is its top.
Project project_of(const Text& folder) {
  std::error_code absent;
  const Project own = project_by(folder);
  if (fs::exists(fs::path(folder) / "sqitch.conf", absent)) return own;
  fs::path here = fs::path(folder).lexically_normal();
  if (!here.has_filename()) here = here.parent_path();
  const Project above = project_by(here.parent_path());
  const bool is_its_top = fs::exists(above.plan, absent) && fs::path(above.plan).parent_path() == here;
  return is_its_top ? above : own;
}

class Changes {
 public:
  Changes(Folder& folder, const Project& project)
      : folder_(folder), project_(project), plan_(read_sqitch_plan(project.plan)) {}

  std::vector<Migration> read() {
    std::unordered_map<Text, std::vector<std::size_t>> all;
    for (std::size_t i = 0; i < plan_.changes.size(); ++i) all[plan_.changes[i].name].push_back(i);
    std::vector<Migration> migrations;
    for (std::size_t i = 0; i < plan_.changes.size(); ++i) {
      const SqitchChange& change = plan_.changes[i];
      const std::vector<std::size_t>& same = all[change.name];
      const auto nth = static_cast<std::size_t>(std::ranges::find(same, i) - same.begin());
      const List tags = nth + 1 < same.size() ? tags_between(i, same[nth + 1]) : List();
      if (nth + 1 < same.size() && tags.empty())
        fail(plan_.changes[same[nth + 1]], concat(change.name, " comes twice, and no tag stands between"),
             "tag the plan before a change is reworked, as sqitch rework wants it");
      check_needs(change);
      migrations.push_back(migration(change, nth, tags));
      remember(change, migrations.back());
    }
    name_unplanned();
    return migrations;
  }

 private:
  Folder& folder_;
  const Project& project_;
  SqitchPlan plan_;
  std::unordered_set<Text> before_;  // changes and tags so far: "users", "@v1", "users@v1"
  std::unordered_set<Text> used_;    // scripts

  [[noreturn]] void fail(const SqitchChange& change, const Text& message, const Text& hint) const {
    throw Error(Code::input, message, {plan_.file, change.line, 1}, hint);
  }

  List tags_between(std::size_t from, std::size_t until) const {
    List tags;
    for (std::size_t i = from; i < until; ++i)
      tags.insert(tags.end(), plan_.changes[i].tags.begin(), plan_.changes[i].tags.end());
    return tags;
  }

  /// Without the project's own name before it; empty: it is another project's.
  Text of_this_project(const Text& name) const {
    const std::size_t colon = name.find(':');
    if (colon == Text::npos) return name;
    return name.substr(0, colon) == plan_.project ? name.substr(colon + 1) : Text();
  }

  void check_needs(const SqitchChange& change) {
    for (const Text& need : change.needs) {
      const Text name = of_this_project(need);
      if (name.empty()) {
        Finding& finding = folder_.left_out.emplace_back();
        finding.severity = Severity::warning;
        finding.rule = "depends-on";
        finding.message = concat(change.name, " requires ", need, " of another project, which quoin does not look for");
        finding.place = {plan_.file, change.line, 1};
      } else if (!before_.contains(name)) {
        fail(change, concat(change.name, " requires ", need, ", which the plan does not have before it"),
             "move its line behind that of what it requires, or mend the name");
      }
    }
    for (const Text& other : change.conflicts)
      if (const Text name = of_this_project(other); !name.empty() && before_.contains(name))
        fail(change, concat(change.name, " conflicts with ", other, ", which the plan has before it"),
             "take one of them out of the plan");
  }

  void remember(const SqitchChange& change, const Migration& migration) {
    before_.insert(change.name);
    before_.insert(migration.aliases.begin(), migration.aliases.end());
    for (const Text& tag : change.tags) {
      before_.insert(tag);
      for (const SqitchChange& one : plan_.changes) {
        if (one.line > change.line) break;
        before_.insert(one.name + tag);
      }
    }
  }

  /// A reworked change keeps the name that it had, so that a ledger that has it knows it still; its newer forms are
  /// numbered. Their scripts go the other way: the oldest are called by the tag that closed them.
  Migration migration(const SqitchChange& change, std::size_t nth, const List& closing_tags) {
    const Text script = script_of(change, closing_tags);
    const Text deploy = (fs::path(project_.deploy) / script).string();
    std::error_code absent;
    if (!fs::exists(deploy, absent))
      fail(change, concat("the plan names ", change.name, ", and there is no ", deploy), "put the script back");
    migration_sections::FileParts parts =
        migration_sections::read(deploy, read_text(deploy), migration_sections::Shape::only_up);
    Migration migration;
    migration.version = nth == 0 ? change.name : concat(change.name, "#", std::to_string(nth + 1));
    migration.description = parts.description.empty() ? change.note : parts.description;
    migration.file = deploy;
    migration.up = std::move(parts.up);
    migration.checksum = std::move(parts.checksum);
    migration.layout = Layout::sqitch;
    const Text revert = (fs::path(project_.revert) / script).string();
    if (fs::exists(revert, absent)) migration.down = read_down(revert);
    for (Section* section : {&migration.up, migration.down ? &*migration.down : nullptr})
      if (section != nullptr) obey_own_transaction(*section);
    migration.aliases = change.tags;
    for (const Text& tag : closing_tags) migration.aliases.push_back(change.name + tag);
    migration.aliases.push_back(concat(plan_.project, " ", change.id));
    used_.insert({deploy, revert, (fs::path(project_.verify) / script).string()});
    return migration;
  }

  Text script_of(const SqitchChange& change, const List& closing_tags) const {
    std::error_code absent;
    for (const Text& tag : closing_tags) {
      const Text script = concat(change.name, tag, ".", project_.extension);
      if (fs::exists(fs::path(project_.deploy) / script, absent)) return script;
    }
    return concat(change.name, closing_tags.empty() ? Text() : closing_tags.front(), ".", project_.extension);
  }

  /// Scripts of no change, and what Sqitch does not look at.
  void name_unplanned() const {
    std::error_code absent;
    std::size_t checks = 0;
    for (const Text& place : {project_.deploy, project_.revert, project_.verify}) {
      if (!fs::is_directory(place, absent)) continue;
      List files;
      for (const auto& entry : fs::recursive_directory_iterator(place)) files.push_back(entry.path().string());
      std::ranges::sort(files);
      for (const Text& file : files) {
        if (!migration_names::is_sql(file) || migration_names::is_leftover(fs::path(file).filename().string()))
          continue;
        if (!used_.contains(file))
          folder_.leave_out(Severity::warning, file, concat(plan_.file, " names no change of it"),
                            "add it to the plan, or remove it");
        else if (place == project_.verify)
          ++checks;
      }
    }
    if (checks > 0)
      folder_.leave_out(Severity::note, project_.verify, "quoin runs no verify scripts; sqitch verify does");
    for (const Text& name : names_in(folder_.path))
      if (migration_names::is_sql(name) && !migration_names::is_leftover(name))
        folder_.leave_out(Severity::warning, (fs::path(folder_.path) / name).string(),
                          "Sqitch runs what its plan names alone", "move it to deploy/ and add it to the plan");
  }
};

}  // namespace

Variables sqitch_variables(const Text& folder) {
  constexpr std::string_view sign = "set.";
  std::error_code absent;
  const fs::path own = fs::path(folder) / "sqitch.conf";
  Variables variables;
  for (const auto& [key, value] : settings_in(fs::exists(own, absent) ? own : fs::path(folder) / ".." / "sqitch.conf"))
    if (key.starts_with(sign)) variables[key.substr(sign.size())] = value;
  return variables;
}

Text sqitch_sign(const Text& folder) {
  std::error_code absent;
  const Text plan = project_of(folder).plan;
  return fs::is_regular_file(plan, absent) ? concat(plan, " says which changes run") : Text();
}

std::vector<Migration> read_sqitch(Folder& folder) {
  const Project project = project_of(folder.path);
  return Changes(folder, project).read();
}

}  // namespace quoin::migration_layouts
