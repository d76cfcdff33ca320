// What the golden cases of diff and of manage have seen: every field of every kind changes in one of them, as both
// sides are read without a server.
#include <filesystem>
#include <set>

#include "diff/diff.h"
#include "kinds/list.h"
#include "project/concern.h"
#include "project/config.h"
#include "project/source.h"
#include "tests/catch.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {
const fs::path folder = fs::path(QUOIN_SOURCE_DIR) / "tests" / "cases" / "diff",
               under_settings = folder.parent_path() / "manage";

SchemaSource source_of(const fs::path& file) {
  return {file.extension() == ".yaml" ? SourceForm::yaml : SourceForm::sql, file.string()};
}

using Changed = std::set<std::pair<std::string_view, std::string_view>>;  // kind, field

void add_changed(const fs::path& path, Changed& all) {
  Settings settings;
  const fs::path config = path / "quoin.yaml";
  if (fs::exists(config)) settings.config = read_config(config.string(), {}, {});
  const fs::path yaml = path / "new.yaml", sql = path / "new.sql";
  Ids ids;
  const SchemaSource old_source = source_of(path / "old.sql"), new_source = source_of(fs::exists(yaml) ? yaml : sql);
  Schema from = read_source(old_source, ids, settings), to = read_source(new_source, ids, settings);
  add_owners({from, old_source.form}, settings);
  add_owners({to, new_source.form}, settings);
  for (const Delta& delta : compare(from, to))
    for (const FieldBase* field : delta.id->kind->fields)
      if (delta.from && delta.to && delta.touches(*field)) all.emplace(delta.id->kind->name, field->name);
}

// The server that the cases ask for.
constexpr int major = 15;

struct Excused {
  std::string_view kind, field, why;
};
constexpr std::string_view later = "the cases' server is too old for it",
                           folder_of_server = "another tablespace wants a folder of the server's",
                           in_c = "only a function in C can be it, and an installed server has no other that fits",
                           no_other = "a server as it is installed has one alone",
                           grammar = "the grammar has no such thing for this kind, which shares its rows with another";
constexpr Excused excuses[] = {
    {"table", "access_method", no_other},
    {"materialized view", "method", no_other},
    {"table", "tablespace", folder_of_server},
    {"materialized view", "tablespace", folder_of_server},
    {"index", "tablespace", folder_of_server},
    {"primary key", "tablespace", folder_of_server},
    {"unique", "tablespace", folder_of_server},
    {"exclusion", "tablespace", folder_of_server},
    {"column", "generated_kind", later},
    {"primary key", "without_overlaps", later},
    {"unique", "without_overlaps", later},
    {"foreign key", "period", later},
    {"foreign key", "not_enforced", later},
    {"check", "not_enforced", later},
    {"function", "transform", "the transforms that there are belong to languages that may not be installed"},
    {"range type", "canonical", in_c},
    {"text search parser", "start", in_c},
    {"text search parser", "gettoken", in_c},
    {"text search parser", "end", in_c},
    {"text search parser", "lextypes", in_c},
    {"procedure", "library", "no C function of an installed server can be called as a procedure"},
    {"procedure", "transform", "as of functions"},
};

bool is_excused(const Kind& kind, const FieldBase& field) {
  return field.since > major || std::ranges::any_of(excuses, [&](const Excused& excused) {
           return excused.kind == kind.name && excused.field == field.name;
         });
}
}  // namespace

TEST_CASE("every field of every kind changes in some diff case", "[guard]") {
  Changed changed;
  for (const auto& entry : fs::directory_iterator(folder)) add_changed(entry.path(), changed);
  for (const char* one : {"owners_on", "extension_versions_on"}) add_changed(under_settings / one, changed);
  std::size_t excused = 0;
  for (const Kind* kind : all_kinds())
    for (const FieldBase* field : kind->fields) {
      if (!is_compared(field->counts) || std::ranges::count(kind->yaml.lacks, field->name)) continue;
      INFO(kind->name << ", " << field->name << ": a case that changes it, or an excuse, not both");
      CHECK(changed.contains({kind->name, field->name}) != is_excused(*kind, *field));
      excused += field->since <= major && is_excused(*kind, *field) ? 1 : 0;
    }
  CHECK(excused == std::size(excuses));  // none for what is gone
}
