// Migration files: those of a folder, in order, and what they contain.
#pragma once
#include <algorithm>
#include <optional>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"
#include "parser/migrations/label.h"
#include "parser/migrations/placeholders.h"

namespace quoin {

/// `-- quoin: NAME ARGUMENT`. Names: no-transaction, depends-on, optional, batch, lock-timeout, retry, replaces,
/// proven, nolint.
struct Directive {
  Text name, argument;
  Place place;
};

/// One direction of a migration. `text` is the SQL alone (no byte order mark; CRLF is LF but in quotes).
struct Section {
  Text file;  // as a user names it: "migrations/20250106090000_catalogue.sql"
  Text text;
  int line = 1;    // where `text` begins in the file, counted from 1; it always begins at the start of a line
  int indent = 0;  // characters that every line lost (a down in comments)
  bool begins_with_envsub = false;         // goose's ENVSUB is on where it begins
  std::vector<Directive> directives = {};  // that hold for it: its own, and those above the first mark of its file
  Text obstacle = {};                      // why it may not run as it is, as that a value is missing; empty: it may

  const Directive* directive(std::string_view name) const;  // the first of that name, or null
};
/// The place in the user's file of a byte of `text`.
Place place_of(const Section&, std::size_t offset);
Place place_of(const Section&, LineColumn in_text);

struct DirectiveDoc {
  Text name, argument, doc;  // argument: its placeholder in help, "N"; empty: it has none
};
/// Every directive that there is.
const std::vector<DirectiveDoc>& directive_docs();

/// The tool whose marks or file names tell a migration's up from its down. Files of `plain` and of the layouts after it
/// have no mark but `-- ROLLBACK:`, behind which every line is SQL.
enum class Layout {
  quoin,
  dbmate,
  goose,
  sql_migrate,
  tern,
  mybatis,
  plain,
  pair,
  folder,
  flyway,
  refinery,
  sqitch,
  liquibase
};

/// True of a version like "R__views", that of a repeatable migration: it runs after all others, again whenever its file
/// changes, and is never out of order.
bool repeats(std::string_view version);

struct Migration {
  Text version;  // "20250106090000", "0007", "1.2"; digits of a date and time joined; "R__views" of one that repeats
  Text name;     // "catalogue"
  Text description;  // of `-- Description:`; may be empty
  Text file;         // that has the up; where it is a link, the link's own name, as in Section::file
  Section up;
  std::optional<Section> down;
  Text checksum;  // SHA-256 of the up's whole file
  Layout layout = Layout::plain;
  List aliases = {};               // other names that its tool has for it: a tag, a change's id
  bool runs_when_changed = false;  // its tool runs it again when its file changes, whatever its version
  Text obstacle = {};              // why no run may execute it, though it may have run already; empty: a run may
  std::optional<Placeholders> placeholders = {};  // of which spelling its folder's tool fills in
  Text way_round = {};  // what to do about the obstacle, where there is something better than its own tool

  Text label() const { return label_of(version, name); }
  bool repeats() const { return runs_when_changed || quoin::repeats(version); }
};

/// What to do with a folder that has steps in another language than SQL. refused: it is an error. named: the steps are
/// left out with a finding, for commands that only look at the folder.
enum class CodeSteps { refused, named };

/// How a folder is to be read.
struct FolderReading {
  CodeSteps code = CodeSteps::refused;
  Text layout = {};          // by its name; empty: it is found out from the folder
  Variables variables = {};  // values of placeholders, which come before those of the tool's own settings
  Environment environment = environment_of_process;
  std::optional<Text> contexts = {}, label_filter = {};  // of Liquibase's changesets, as parser/migrations/contexts.h
                                                         // takes them; no value: what Liquibase's own settings say
};

/// A folder read whole.
struct MigrationFolder {
  std::vector<Migration> migrations;
  Text layout;                  // by its name: "golang-migrate, sqlx"
  Text why;                     // a sentence: what shows that it is this one
  bool goes_by_names = true;    // false: a plan, change log or journal gives the order
  bool takes_new_files = true;  // false: a new file is no migration until the tool's plan or change log names it
};

/// Every migration in a folder, in the order in which its tool runs them: by version (runs of digits as numbers),
/// repeatable ones last, or as its plan or journal says. A file that looks like a migration and is none is added to
/// `left_out` (rule "left-out"), with the reason. Throws Error(input): no such folder, none in it, files of two
/// layouts, two of one version, a step in another language, sections or directives that cannot be read, a baseline
/// without the versions that it stands for.
MigrationFolder read_migration_folder(const Text& folder, Findings& left_out, const FolderReading& = {});
std::vector<Migration> load_migrations(const Text& folder, Findings& left_out, const FolderReading& = {});
/// Names of all layouts, as FolderReading takes them.
List layout_names();
/// Throws Error(Code::usage) for a name that is none of them.
void check_layout(const Text& name);
/// The first folder below `root` that tools, or people, commonly keep migrations in, seen from there; "." where a plan
/// of Sqitch lies; empty: there is none. None is `but`.
Text usual_migrations_folder(const Text& root, std::string_view but = {});
/// Reads one file that goes up, with its down where its layout has marks for that.
Migration read_migration(const Text& file);
/// The same, of a file that holds this text, or is to.
Migration read_migration(const Text& file, const Text& content);
/// Reads a file that is a down alone.
Section read_down(const Text& file);
/// Less than, equal to or greater than 0; "7" and "0007" are equal, and so are "1" and "1.0".
int compare_versions(std::string_view a, std::string_view b);
/// Orders versions as compare_versions() does.
struct EarlierVersion {
  bool operator()(std::string_view a, std::string_view b) const { return compare_versions(a, b) < 0; }
};

/// The item of a range that has a version or label, "7" or "0007_users"; the range's end where none has. Takes
/// logarithmic time where the range is in the order of its versions.
template <class Range, class VersionOf>
auto find_named(const Range& range, std::string_view name, VersionOf version_of) {
  const auto earlier = [](std::string_view a, std::string_view b) { return compare_versions(a, b) < 0; };
  // A label begins with the version.
  for (std::size_t end = name.size(); end != name.npos && end > 0; end = name.rfind('_', end - 1)) {
    const std::string_view version = name.substr(0, end);
    const auto one = std::ranges::lower_bound(range, version, earlier, version_of);
    if (one == std::ranges::end(range)) continue;
    const bool is_version = end == name.size() && compare_versions(version_of(*one), version) == 0;
    if (is_version || one->label() == name) return one;
  }
  return std::ranges::find_if(range, [&](const auto& one) { return version_of(one) == name; });
}

/// A version for a new migration: the present second in UTC, or where the folder has later ones, the second after them.
Text new_version(const std::vector<Migration>& existing);
/// "Add users!" → "add_users". Throws Error(input) where nothing is left.
Text migration_slug(std::string_view title);

}  // namespace quoin
