// The migrations of a folder whose files are each one by itself, by their names.
#include <algorithm>
#include <filesystem>
#include <unordered_map>

#include "core/base/files.h"
#include "core/base/folder_entries.h"
#include "parser/migrations/layouts.h"
#include "parser/migrations/names.h"
#include "parser/migrations/odd_versions.h"
#include "parser/migrations/replacing.h"

namespace quoin {
namespace {

namespace fs = std::filesystem;
using migration_names::Form;

bool earlier(std::string_view a, std::string_view b) { return compare_versions(a, b) < 0; }

/// What a small file of settings says of a key, as `key = value` with or without blanks; empty: nothing.
Text setting_of(const fs::path& file, std::string_view key) {
  Text value;
  std::error_code absent;
  if (!fs::exists(file, absent)) return value;
  for (const Text& line : split(read_text(file), '\n')) {
    const std::size_t sign = std::min(line.find('='), line.size());
    const std::string_view view = line;
    if (sign < line.size() && trim(view.substr(0, sign)) == key) value = trim(view.substr(sign + 1));
  }
  return value;
}

bool says(const fs::path& file, std::string_view key, std::string_view value) {
  return lower(setting_of(file, key)) == value;
}

Text some_of(const List& names) { return first_of(names, 10); }

class ByNames {
 public:
  ByNames(migration_layouts::Folder& folder, const migration_layouts::Row* of)
      : folder_(folder), path_(folder.path), left_out_(folder.left_out), code_(folder.reading.code), of_(of) {}

  std::vector<Migration> load() {
    const std::vector<FolderEntry>& entries = entries_of(path_);
    const List names = names_of(entries);
    List all = names;
    find_sql(path_, "", all);
    const bool may_be_flyway = of_ == nullptr || of_->files == Layout::flyway;
    is_flyway_ = may_be_flyway && is_named_for_flyway(all);
    undos_go_up_ = of_ != nullptr ? of_->files == Layout::refinery : is_refinery(is_flyway_ ? all : names);
    looks_below_ = is_flyway_ || undos_go_up_;
    add_all({}, entries);
    code_ == CodeSteps::refused ? refuse_steps() : name_steps();
    leave_out_replaced(found_, downs_, left_out_);
    order();
    refuse_lone_baselines();
    attach_downs();
    migration_layouts::refuse_needs_of_yoyo(found_);
    refuse_nothing();
    tell_odd_versions(found_, left_out_);
    return std::move(found_);
  }

 private:
  const migration_layouts::Folder& folder_;
  const Text& path_;
  Findings& left_out_;
  CodeSteps code_;
  const migration_layouts::Row* of_;
  std::vector<Migration> found_;
  List downs_, baselines_;
  std::unordered_map<Text, std::vector<FolderEntry>> listed_;  // by the folder's path
  bool is_flyway_ = false;                                     // some file has a name that Flyway gives
  bool looks_below_ = false;  // Flyway and refinery run what lies in folders below, too
  bool undos_go_up_ = false;  // U9__x goes up, as refinery's files do
  struct Step {
    Text file;
    std::string_view language;
  };
  std::vector<Step> steps_;

  /// Each folder is looked through for names first, and for migrations then, and listed once.
  const std::vector<FolderEntry>& entries_of(const Text& folder) {
    const auto found = listed_.find(folder);
    return found != listed_.end() ? found->second : listed_.emplace(folder, entries_in(folder)).first->second;
  }
  static List names_of(const std::vector<FolderEntry>& entries) {
    List names;
    for (const FolderEntry& entry : entries) names.push_back(entry.name);
    return names;
  }

  void leave_out(Severity severity, const Text& file, const Text& reason, const Text& hint = {}) const {
    folder_.leave_out(severity, file, reason, hint);
  }

  /// What lies below tells only where nothing above does. `all`: with the paths of what lies below.
  static bool is_named_for_flyway(const List& all) {
    const auto is_above = [](const Text& name) { return name.find('/') == Text::npos; };
    const bool tells_above = std::ranges::any_of(
        all, [&](const Text& name) { return is_above(name) && !migration_names::parts_of(name).version.empty(); });
    return std::ranges::any_of(
        all, [&](const Text& name) { return (is_above(name) || !tells_above) && migration_names::is_of_flyway(name); });
  }

  /// True if the folder is refinery's: its U9__x goes up, so that no V9__y has the same version; Flyway's undoes one.
  bool is_refinery(const List& names) const {
    List undos, ups;
    bool is_flyway_s = false;
    for (const Text& name : names) {
      const migration_names::NameParts parts = migration_names::parts_of(name);
      is_flyway_s |= name.ends_with(".sql.conf") || name == "flyway.toml" || name == "flyway.conf";
      if (!name.ends_with(".sql") || parts.form < Form::flyway) continue;
      const bool is_undo = parts.form == Form::flyway_undo, is_up = parts.form == Form::flyway;
      if (is_undo || is_up) (is_undo ? undos : ups).push_back(parts.version);
      is_flyway_s |= (!is_undo && !is_up) || parts.version.find('.') != Text::npos;
    }
    const auto has_up = [&](const Text& undo) {
      return std::ranges::any_of(ups, [&](const Text& up) { return compare_versions(up, undo) == 0; });
    };
    return !undos.empty() && !is_flyway_s && std::ranges::none_of(undos, has_up);
  }

  /// A person may take such a file for the undo that it is with Flyway.
  void tell_undo_goes_up(const Text& file) const {
    if (of_ != nullptr) return;
    Finding& finding = left_out_.emplace_back();
    finding.severity = Severity::warning;
    finding.rule = "goes-up";
    finding.message =
        "it goes up, as refinery has it, since no V of its version is here; with Flyway it would undo one";
    finding.place.file = file;
    finding.hint = "say which it is: --layout refinery or --layout flyway, or layout: in quoin.yaml";
  }

  void add_all(const Text& below, const std::vector<FolderEntry>& entries) {
    for (const FolderEntry& entry : entries) {
      const Text& name = entry.name;
      if (migration_names::is_leftover(name)) continue;
      if (!name.starts_with('.')) add(below, entry);
      if (name.starts_with('.') && migration_names::is_sql(name)) leave_out_as(Severity::note, below + name);
    }
  }

  void add(const Text& below, const FolderEntry& entry) {
    const Text name = below + entry.name;
    const Text file = (fs::path(path_) / name).string();
    if (entry.is_folder) return add_folder(file, name);
    std::error_code broken;
    const fs::file_status status = fs::status(file, broken);
    if (fs::is_directory(status)) return add_folder(file, name);
    if (!migration_names::is_sql(name)) return add_other(file);
    if (!fs::is_regular_file(status)) {
      throw Error(Code::input, concat(file, " is a link to nothing, or no file"), {file}, "mend or remove it");
    }
    const migration_names::NameParts parts = migration_names::parts_of(file);
    if (const Text reason = is_flyway_ ? migration_names::flyway_s_reason_against(file) : Text(); !reason.empty())
      return leave_out(Severity::warning, file, reason, "rename it, if it should run");
    if (is_not_to_run(file)) return leave_out(Severity::warning, file, "its settings say shouldExecute=false");
    if (parts.form == Form::flyway_baseline) baselines_.push_back(file);
    if (parts.version.empty() || parts.form == Form::flyway_baseline) return leave_out_as(Severity::note, name);
    if (parts.form == Form::down || (parts.form == Form::flyway_undo && !undos_go_up_)) {
      downs_.push_back(file);
      return;
    }
    Migration migration = read_migration(file);
    if (migration.up.text.starts_with("-- atlas:checkpoint"))
      return leave_out(Severity::note, file, "Atlas begins new databases with it; quoin runs what it stands for");
    found_.push_back(std::move(migration));
    if (undos_go_up_ && found_.back().layout == Layout::flyway) found_.back().layout = Layout::refinery;
    if (parts.form == Form::flyway_undo) tell_undo_goes_up(file);
    heed_settings(found_.back().up);
  }

  void leave_out_as(Severity severity, const Text& name) {
    const Text file = (fs::path(path_) / name).string();
    leave_out(severity, file, migration_names::reason_against(file));
  }

  /// Flyway's settings of one file.
  static void heed_settings(Section& section) {
    const Text settings = section.file + ".conf";
    if (says(settings, "executeInTransaction", "false")) run_bare(section, settings);
  }

  /// Flyway evaluates any other expression than true and false, from values that quoin does not have.
  static bool is_not_to_run(const Text& file) {
    const Text settings = file + ".conf";
    const Text value = lower(setting_of(settings, "shouldExecute"));
    if (value.empty() || value == "true" || value == "false") return value == "false";
    throw Error(Code::input, concat(settings, " says shouldExecute=", value, ", which quoin cannot work out"),
                {settings}, "write true or false there, or move the migration out of the folder");
  }

  static void run_bare(Section& section, const Text& said_in) {
    section.directives.push_back({"no-transaction", "", {said_in}});
  }

  /// A file that is no SQL: another tool's step, without which the folder is not whole, or no migration at all.
  void add_other(const Text& file) {
    const Text name = fs::path(file).filename().string();
    const bool versioned = !migration_names::parts_of(file).version.empty();
    const std::string_view language = migration_names::language_of(name);
    if (!language.empty() && (versioned || migration_names::is_step_of_a_tool(name)))
      return steps_.push_back({file, language});
    if (lower(name).ends_with(".sql.conf")) return add_settings(file);
    if (versioned || lower(name).find(".sql") != Text::npos)
      leave_out(Severity::note, file, "its name does not end in .sql");
  }

  void add_settings(const Text& file) {
    std::error_code absent;
    if (!fs::exists(file.substr(0, file.size() - Text(".conf").size()), absent))
      return leave_out(Severity::note, file, "it holds settings for a file that is not there");
    List unknown;
    for (const Text& line : split(read_text(file), '\n')) {
      const std::string_view key = trim(std::string_view(line).substr(0, line.find('=')));
      if (!key.empty() && key[0] != '#' && key != "executeInTransaction" && key != "shouldExecute")
        unknown.emplace_back(key);
    }
    if (!unknown.empty())
      leave_out(
          Severity::warning, file,
          concat("of these settings quoin heeds executeInTransaction and shouldExecute alone, not ", some_of(unknown)));
  }

  bool holds_flyway_s(const Text& folder) {
    List sql;
    find_sql(folder, "", sql);
    return std::ranges::any_of(sql, migration_names::is_of_flyway);
  }
  static bool holds_steps(const List& names) {
    return std::ranges::any_of(names, [](const Text& name) {
      return migration_names::parts_of(name).form >= Form::flyway && !migration_names::language_of(name).empty();
    });
  }

  /// Links could lead in a circle.
  static constexpr std::ptrdiff_t deepest = 8;

  void add_folder(const Text& folder, const Text& below) {
    const migration_names::NameParts parts = migration_names::parts_of(folder);
    const std::vector<FolderEntry>& entries = entries_of(folder);
    const List names = names_of(entries);
    const auto up = std::find_if(names.begin(), names.end(), [](const Text& name) {
      return lower(name) == "up.sql" || lower(name) == "migration.sql";
    });
    if (up == names.end() || parts.version.empty()) {
      const bool looks_below = looks_below_ && std::count(below.begin(), below.end(), '/') < deepest &&
                               (holds_flyway_s(folder) || holds_steps(names));
      return looks_below ? add_all(below + "/", entries) : add_other_folder(folder, names, !parts.version.empty());
    }
    Migration migration = read_migration(concat(folder, "/", *up));
    migration.version = parts.version;
    migration.name = parts.name;
    migration.layout = Layout::folder;
    const Text settings = concat(folder, "/metadata.toml");
    const bool bare = std::ranges::count(names, "metadata.toml") > 0 && says(settings, "run_in_transaction", "false");
    for (const Text& name : names) {
      if (name == *up || migration_names::is_leftover(name)) continue;
      const Text file = concat(folder, "/", name);
      if (!migration_names::is_sql(name)) {
        if (lower(name).find(".sql") != Text::npos) leave_out(Severity::note, file, "its name does not end in .sql");
        continue;
      }
      if (lower(name) == "down.sql") migration.down = read_down(file);
      if (lower(name) != "down.sql") leave_out(Severity::warning, file, concat("its folder's migration is ", *up));
    }
    if (bare) {
      run_bare(migration.up, settings);
      if (migration.down) run_bare(*migration.down, settings);
    }
    found_.push_back(std::move(migration));
  }

  /// Migrations lie directly in their folder, or are one folder each.
  void add_other_folder(const Text& folder, const List& names, bool versioned) {
    List sql;
    for (const Text& name : names) {
      const std::string_view language = migration_names::language_of(name);
      // Alembic keeps its own below, as versions/1a2b3c4d5e01_add_orders.py.
      const bool is_step = versioned || migration_names::is_step_of_a_tool(name);
      if (is_step && !language.empty()) steps_.push_back({(fs::path(folder) / name).string(), language});
    }
    find_sql(folder, "", sql);
    const Text hint = "move what should run into the migrations folder itself";
    if (!sql.empty()) {
      leave_out(Severity::warning, folder,
                concat("migrations are not looked for in folders below, so not in ", some_of(sql)), hint);
    } else if (versioned && steps_.empty()) {
      leave_out(Severity::warning, folder, "it holds neither up.sql nor migration.sql");
    }
  }

  void find_sql(const Text& folder, const Text& prefix, List& found) {
    for (const auto& [name, is_folder] : entries_of(folder)) {
      if (name.starts_with('.')) continue;
      if (is_folder && std::ranges::count(prefix, '/') < deepest)
        find_sql((fs::path(folder) / name).string(), concat(prefix, name, "/"), found);
      if (!is_folder && migration_names::is_sql(name)) found.push_back(prefix + name);
    }
  }

  void refuse_steps() const {
    if (steps_.empty()) return;
    const Text first =
        concat("it is a step in ", steps_[0].language, ", which quoin cannot run, so a step would be missing");
    throw Error(Code::input,
                steps_.size() == 1 ? first : concat(first, "; and ", std::to_string(steps_.size() - 1), " more"),
                {steps_[0].file}, "write what it does in SQL, under the same version, or move it out of the folder");
  }

  void name_steps() {
    if (steps_.empty()) return;
    List files;
    for (const Step& step : steps_) files.push_back(step.file);
    leave_out(Severity::warning, path_,
              concat(std::to_string(steps_.size()), steps_.size() == 1 ? " step in " : " steps in ", steps_[0].language,
                     ", beyond quoin's reach: ", some_of(files)));
  }

  /// A baseline whose versions have no files any more would have to run as the first migration.
  void refuse_lone_baselines() const {
    for (const Text& file : baselines_) {
      const Text version = migration_names::parts_of(file).version;
      if (!found_.empty() && !found_[0].repeats() && compare_versions(found_[0].version, version) <= 0) continue;
      throw Error(
          Code::input, concat(file, " stands for versions that are not here, and quoin does not run it"), {file},
          concat("call it V", version, "__…, and say on databases that have it: quoin repair ", version, " --applied"));
    }
  }

  void refuse_nothing() const {
    if (!found_.empty() || code_ == CodeSteps::named) return;
    Error error(Code::input, concat("the folder ", path_, " holds no migrations"), {path_},
                "a migration is a file such as 20250106090000_add_orders.sql; make one with: quoin create NAME");
    for (const Finding& one : left_out_)
      if (fs::is_directory(one.place.file)) error.hint = concat("name the folder that holds them, as ", one.place.file);
    for (const Finding& one : left_out_) error.detail += concat(one.place.file, ": ", one.message, "\n");
    throw error;
  }

  void attach_downs() {
    for (const Text& file : downs_) {
      const migration_names::NameParts parts = migration_names::parts_of(file);
      const auto up = std::ranges::lower_bound(found_, parts.version, earlier, &Migration::version);
      if (up == found_.end() || compare_versions(up->version, parts.version) != 0) {
        throw Error(Code::input, concat(file, " undoes a migration that is not there"), {file},
                    parts.form == Form::flyway_undo
                        ? "add the file that goes up, or remove this one; where it goes up, as refinery has it: "
                          "--layout refinery"
                        : "add the file that goes up, or remove this one");
      }
      if (up->down)
        throw Error(Code::input, concat(up->file, " is undone in two places: ", up->down->file, " and ", file), {file},
                    "keep one of them");
      up->down = read_down(file);
      heed_settings(*up->down);
    }
  }

  void order() {
    std::ranges::stable_sort(found_, earlier, &Migration::version);
    const auto twice = std::adjacent_find(found_.begin(), found_.end(), [](const Migration& a, const Migration& b) {
      return compare_versions(a.version, b.version) == 0;
    });
    if (twice == found_.end()) return;
    throw Error(
        Code::input,
        concat("two migrations have the version ", twice->version, ": ", twice->file, " and ", (twice + 1)->file),
        {(twice + 1)->file}, "give one of them another version");
  }
};

}  // namespace

std::vector<Migration> migration_layouts::read_by_names(Folder& folder, const Row* of) {
  return ByNames(folder, of).load();
}

}  // namespace quoin
