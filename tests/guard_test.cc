// The invariants of the house that no compiler holds: the direction of includes, where third-party headers may stand,
// stages that name no kind, and fields that some golden case shows.
#include <filesystem>
#include <regex>

#include "core/base/files.h"
#include "core/base/finding_text.h"
#include "core/base/text.h"
#include "kinds/list.h"
#include "parser/yaml/yaml.h"
#include "project/source.h"
#include "tests/catch.h"

using namespace quoin;
namespace fs = std::filesystem;

namespace {
const fs::path root = QUOIN_SOURCE_DIR;

struct SourceFile {
  Text name;  // relative to the root
  List lines;
};

std::vector<SourceFile> sources(const List& folders) {
  std::vector<SourceFile> all;
  for (const Text& folder : folders) {
    if (!fs::exists(root / folder)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      const fs::path& path = entry.path();
      if (path.extension() == ".cc" || path.extension() == ".h")
        all.push_back({fs::relative(path, root).string(), split(read_file(path), '\n')});
    }
  }
  return all;
}

// The path in an #include line, "" for any other line.
Text included(std::string_view line) {
  line = trim(line);
  if (!line.starts_with("#include")) return {};
  const std::size_t open = line.find_first_of("<\""), close = line.find_last_of(">\"");
  return open == Text::npos || close <= open ? Text() : Text(line.substr(open + 1, close - open - 1));
}

// Every include of `files` that `forbidden` says yes to.
List offenders(const std::vector<SourceFile>& files,
               const std::function<bool(const Text& file, const Text& header)>& forbidden) {
  List found;
  for (const SourceFile& file : files)
    for (const Text& line : file.lines)
      if (const Text header = included(line); !header.empty() && forbidden(file.name, header))
        found.push_back(concat(file.name, " includes ", header));
  return found;
}

bool starts_with_any(std::string_view text, const List& starts) {
  return std::ranges::any_of(starts, [&](const Text& start) { return text.starts_with(start); });
}
const List everything{"include", "src", "core", "kinds", "parser", "diff", "snapshot", "lint"};
}  // namespace

TEST_CASE("rooms include only the rooms below them", "[guard]") {
  struct Room {
    Text folder;
    List may;  // besides itself: folders, as an #include names them
  };
  const List core{"core/base/", "core/sql/", "core/model/"};
  const auto with = [](List all, const List& more) { return all.insert(all.end(), more.begin(), more.end()), all; };
  const List kinds = with(core, {"kinds/"}), names = with(kinds, {"parser/names/"});
  const List replay = with(names, {"parser/replay/", "parser/migrations/"});
  const List project = with(replay, {"parser/normal/", "parser/yaml/", "diff/", "snapshot/", "core/postgres/", "rows/",
                                     "runner/", "project/"});
  const std::vector<Room> rooms{
      {"core/base", {}},
      {"core/sql", {"core/base/"}},
      {"core/postgres", {"core/base/"}},
      {"core/model", core},
      {"kinds", core},
      {"parser/names", kinds},
      {"parser/normal", names},
      {"parser/migrations", {"core/base/", "core/sql/"}},
      {"parser/replay", replay},
      {"parser/yaml", replay},
      {"diff", kinds},
      {"snapshot/catalog", with(kinds, {"core/postgres/"})},
      {"snapshot/documents", kinds},
      {"src/rows", {"core/base/", "core/sql/", "core/postgres/"}},
      {"src/runner", {"core/base/", "core/sql/", "core/postgres/", "parser/migrations/"}},
      {"src/project", project},
      {"src/library", project},
      {"include", {}},
      {"src/commands", project},
  };
  List folders;
  for (const Room& room : rooms) {
    INFO("room " << room.folder);
    folders.push_back(room.folder + "/");
    const Text own = concat(room.folder.starts_with("src/") ? room.folder.substr(4) : room.folder, "/");
    const auto found = offenders(sources({room.folder}), [&](const Text&, const Text& header) {
      const bool is_ours = header.ends_with(".h") && header.find('/') != Text::npos && fs::exists(root / header);
      const bool is_of_src = fs::exists(root / "src" / header);
      return (is_ours || is_of_src) && !header.starts_with(own) && !starts_with_any(header, room.may);
    });
    CHECK(found == List());
  }
  List roomless;
  for (const SourceFile& file : sources(everything))
    if (!starts_with_any(file.name, folders) && file.name != "src/main.cc") roomless.push_back(file.name);
  CHECK(roomless == List());
}

TEST_CASE("each third-party library stands in one room", "[guard]") {
  struct Library {
    List headers, allowed;
  };
  const std::vector<Library> libraries{
      {{"pg_query", "simdjson"}, {"core/sql/ast"}},
      {{"libpq"}, {"core/postgres/postgres"}},
      {{"yaml-cpp"}, {"parser/yaml/"}},
      {{"boost/"}, {"diff/"}},
      {{"CLI/"}, {"src/commands/options.cc"}},
      {{"spdlog/"}, {"src/commands/event_log.cc"}},
      {{"openssl/"}, {"core/base/"}},
  };
  for (const Library& library : libraries) {
    const auto found = offenders(sources(everything), [&](const Text& file, const Text& header) {
      return starts_with_any(header, library.headers) && !starts_with_any(file, library.allowed);
    });
    CHECK(found == List());
    for (const Text& place : library.allowed) {
      INFO(place << " is allowed " << join(library.headers, ", ") << " and includes none");
      CHECK(offenders(sources(everything), [&](const Text& file, const Text& header) {
              return starts_with_any(header, library.headers) && file.starts_with(place);
            }) != List());
    }
  }
}

// The linker takes one of two inline destructors without a word, so that a program with two types of one name crashes.
TEST_CASE("no two types share a name", "[guard]") {
  std::map<Text, Text> defined;  // qualified name, and where
  List found, folders = everything;
  folders.push_back("tests");
  for (const SourceFile& file : sources(folders)) {
    List open;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      const Text& line = file.lines[i];
      if (line == "namespace {")
        open.emplace_back();
      else if (line.starts_with("namespace ") && line.ends_with(" {"))
        open.push_back(line.substr(10, line.size() - 12));
      if (line.starts_with("}  // namespace") && !open.empty()) open.pop_back();
      const List words = split(line, ' ');
      const bool is_enum = line.starts_with("enum class ");
      if (!is_enum && !line.starts_with("struct ") && !line.starts_with("class ")) continue;
      if (line.ends_with(";") && line.find('{') == Text::npos) continue;  // only declared
      if (std::ranges::count(open, "") > 0) continue;                     // unnamed: the file's own
      const Text name = concat(join(open, "::"), "::", words[is_enum ? 2 : 1]);
      const Text place = concat(file.name, ":", std::to_string(i + 1));
      if (const auto [there, is_new] = defined.emplace(name, place); !is_new)
        found.push_back(concat(place, " defines ", name, ", which ", there->second, " defines already"));
    }
  }
  CHECK(found == List());
  CHECK(defined.size() > 50);
}

namespace {
/// A word that a stage may hold although the guard looks for it.
struct Excepted {
  std::string_view file, word, why;
};
using Excuses = std::vector<Excepted>;

/// What the excuses say of nothing that is there any more.
List stale(const Excuses& excuses, const std::set<std::pair<Text, Text>>& used) {
  List all;
  for (const Excepted& one : excuses)
    if (!used.contains({Text(one.file), Text(one.word)}))
      all.push_back(concat(one.file, " is excused for ", one.word, " and has none"));
  return all;
}

/// Lines of the stages, without their comments, in which `word_in` finds a word that no excuse has; and stale excuses.
template <class WordsIn>
List unexcused(const Excuses& excuses, WordsIn words_in) {
  List found;
  std::set<std::pair<Text, Text>> used;
  for (const SourceFile& file : sources({"core/model", "parser", "diff", "snapshot"}))
    for (std::size_t i = 0; i < file.lines.size(); ++i)
      for (const Text& word : words_in(file.name, file.lines[i].substr(0, file.lines[i].find("//")))) {
        used.emplace(file.name, word);
        const bool is_excused = std::ranges::any_of(
            excuses, [&](const Excepted& one) { return one.file == file.name && one.word == word; });
        if (!is_excused) found.push_back(concat(file.name, ":", std::to_string(i + 1), " names ", word));
      }
  const List none = stale(excuses, used);
  found.insert(found.end(), none.begin(), none.end());
  return found;
}

/// What stands between `begin` and a quotation mark, wherever that is.
List quoted_after(const Text& code, std::string_view begin) {
  List all;
  for (std::size_t at = code.find(begin); at != Text::npos; at = code.find(begin, at + 1))
    all.push_back(code.substr(at + begin.size(), code.find('"', at + begin.size()) - at - begin.size()));
  return all;
}

/// Fields and nodes that are looked for by a word: a literal that is the name of a kind's field, wherever it stands
/// where names are passed on, and a name space that stands for such a word.
List field_names_in(const Text& code) {
  List all = quoted_after(code, "fields.find(\"");
  for (std::string_view way : {"fields.find(space::", "[space::", "concat(space::"})
    for (std::size_t at = code.find(way); at != Text::npos; at = code.find(way, at + 1))
      all.push_back(code.substr(at, code.find_first_of(")],", at) - at));
  static const std::regex passed(R"re(\(\*?\w+(?:(?:\.|->)\w+)*, "([a-z_]+)"\))re");
  for (std::sregex_iterator at(code.begin(), code.end(), passed), end; at != end; ++at)
    for (const Kind* kind : all_kinds())
      if (kind->fields.find((*at)[1].str())) {
        all.push_back((*at)[1].str());
        break;
      }
  return all;
}
}  // namespace

TEST_CASE("a stage names no kind", "[guard]") {
  const Excuses other_meanings{
      {"parser/replay/session_bodies.cc", "language", "an option of DO"},
      {"parser/names/declared.cc", "default", "of a variable"},
      {"parser/names/lookup.cc", "default", "the name of a collation"},
      {"parser/replay/evaluation_rows.cc", "column", "the name that VALUES gives: column1"},
      {"parser/names/scope_query.cc", "column", "as above"},
      {"parser/names/fragment.cc", "collation", "a field of index elements"},
  };
  CHECK(unexcused(other_meanings, [](const Text& file, const Text& code) {
          List words;
          for (const Kind* kind : all_kinds())
            if (file != "core/model/space.h" &&  // name spaces have words of their own
                (code.find(concat("\"", kind->name, "\"")) != Text::npos ||
                 code.find(concat(" ", kind->name, "_kind")) != Text::npos))
              words.emplace_back(kind->name);
          return words;
        }) == List());
}

TEST_CASE("a stage names no type of object, which kinds say of themselves", "[guard]") {
  constexpr std::string_view any = "parser/replay/session_any.cc", rename = "parser/replay/session_rename.cc";
  const std::string_view whole_server = "of the whole server, so that no kind has it";
  CHECK(unexcused({{any, "DATABASE", whole_server},
                   {any, "ROLE", whole_server},
                   {any, "TABLESPACE", whole_server},
                   {any, "LARGEOBJECT", "rows, not a schema"},
                   {any, "PARAMETER_ACL", whole_server},
                   {any, "TYPE", "ALTER TYPE … ADD ATTRIBUTE is read as ALTER TABLE is"},
                   {rename, "ROLE", whole_server},
                   {rename, "ATTRIBUTE", "an attribute is a column with another word"},
                   {rename, "COLUMN", "as above"}},
                  [](const Text&, const Text& code) { return quoted_after(code, "\"OBJECT_"); }) == List());
}

TEST_CASE("a stage names no field of a kind", "[guard]") {
  CHECK(unexcused({{"parser/yaml/objects.cc", "definition", "the key of YAML that stands for the shorthand"},
                   {"parser/yaml/keys.cc", "definition", "as above"},
                   {"parser/names/declared.cc", "default", "the word before a variable's value"}},
                  [](const Text&, const Text& code) { return field_names_in(code); }) == List());
}

TEST_CASE("kinds are listed by weight, parents first", "[guard]") {
  const auto kinds = all_kinds();
  for (std::size_t i = 1; i < kinds.size(); ++i) {
    INFO(kinds[i - 1]->name << " before " << kinds[i]->name);
    CHECK(kinds[i - 1]->weight < kinds[i]->weight);
  }
  for (const Kind* kind : kinds) {
    INFO("kind " << kind->name);
    for (std::string_view parent : possible_parents(*kind)) CHECK((parent == "*" || kind_named(parent) != nullptr));
    CHECK((kind->has(opaque) || kind->sql.create != nullptr));
  }
}

TEST_CASE("every field of every kind appears in a golden case", "[guard]") {
  std::set<const FieldBase*> shown;
  List folders{(root / "schemas").string()};
  for (const auto& entry : fs::directory_iterator(root / "tests" / "cases" / "yaml"))
    folders.push_back(entry.path().string());
  for (const Text& where : folders) {
    Ids ids;
    Findings findings;
    std::vector<YamlText> texts;
    List left_out;
    for (const Text& file : yaml_files(where, left_out)) texts.push_back({file, read_file(file)});
    const Schema schema = read_yaml(texts, ids, {"public"}, findings);
    INFO(to_text(findings, false));
    CHECK(findings.empty());
    schema.each([&](const Object& object) {
      for (const FieldBase* field : object.id->kind->fields)
        if (object.has(*field)) shown.insert(field);
    });
  }
  List missing;
  for (const Kind* kind : all_kinds())
    for (const FieldBase* field : kind->fields)
      if (!kind->has(opaque) && !std::ranges::count(kind->yaml.lacks, field->name) &&
          field->counts != Counts::derived && !shown.contains(field))
        missing.push_back(concat(kind->name, ".", field->name));
  CHECK(missing == List());
}

TEST_CASE("a golden YAML file read and written again is the same", "[guard]") {
  for (const auto& entry : fs::directory_iterator(root / "tests" / "cases" / "yaml")) {
    Ids ids;
    Findings findings;
    const std::vector<YamlText> texts{{entry.path().string(), read_file(entry.path())}};
    INFO(entry.path().string());
    CHECK(write_yaml(read_yaml(texts, ids, {"public"}, findings)) == texts.front().text);
  }
}

TEST_CASE("a use case writes nothing to a terminal", "[guard]") {
  List found;
  for (const SourceFile& file :
       sources({"core/model", "kinds", "parser", "diff", "snapshot", "src/project", "src/library"}))
    for (std::size_t i = 0; i < file.lines.size(); ++i)
      for (const char* way :
           {"stderr", "stdout", "STDERR_FILENO", "std::cout", "std::cerr", "print_out(", " put_error(", "print_lines("})
        if (file.lines[i].substr(0, file.lines[i].find("//")).find(way) != Text::npos)
          found.push_back(concat(file.name, ":", std::to_string(i + 1), " writes by ", way));
  CHECK(found == List());
}

// What reads or writes a ledger is a use case, which programs and fleets have too.
TEST_CASE("a command opens no connection, and neither reads nor writes a ledger by itself", "[guard]") {
  List found;
  for (const SourceFile& file : sources({"src/commands"}))
    for (std::size_t i = 0; i < file.lines.size(); ++i)
      for (const char* way : {"postgres::Connection", " connect(", "runner::Ledger ", "read_migration_statuses(",
                              "ledger.create(", "require_held(", ".session,", "runner::apply(", "runner::undo("})
        if (file.lines[i].find(way) != Text::npos)
          found.push_back(concat(file.name, ":", std::to_string(i + 1), " has ", way));
  CHECK(found == List());
}

// A name may hold a line break, so text reaches a comment only by `comment()`. What reads migrations knows the sign
// too.
TEST_CASE("only one file begins comments in what is written", "[guard]") {
  List found;
  for (const SourceFile& file : sources(everything)) {
    const bool reads = file.name.starts_with("parser/migrations/") && file.name != "parser/migrations/text.cc";
    const bool is_example = file.name == "src/commands/rule_examples.cc";  // constants, with no name put in
    if (file.name == "core/base/comment.cc" || reads || is_example) continue;
    for (std::size_t i = 0; i < file.lines.size(); ++i)
      for (const char* sign : {"\"-- ", "\\n-- ", "\"# not", "\"%% "})
        if (file.lines[i].find(sign) != Text::npos)
          found.push_back(concat(file.name, ":", std::to_string(i + 1), " begins a comment by itself"));
  }
  CHECK(found == List());
}

// What goes to a terminal goes through the functions that hide passwords and show control characters.
TEST_CASE("only these files write to standard output and standard error", "[guard]") {
  List found;
  std::set<Text> writers{"src/commands/report.cc", "src/commands/progress.cc"}, idle = writers;
  for (const SourceFile& file : sources(everything))
    for (const Text& line : file.lines)
      for (const char* way :
           {"(stdout", ", stdout", "std::cout", "std::cerr", "std::clog", "std::puts", "STDERR_FILENO, ", "perror"}) {
        if (line.find(way) == Text::npos) continue;
        if (writers.contains(file.name))
          idle.erase(file.name);
        else
          found.push_back(concat(file.name, ": ", line));
      }
  CHECK(found == List());
  CHECK(idle == std::set<Text>());
}

TEST_CASE("files stay short enough to be held in the head", "[guard]") {
  List found, folders = everything;
  folders.push_back("tests");
  for (const SourceFile& file : sources(folders))
    if (file.lines.size() > 401 && file.name.find("builtin_names") == Text::npos)
      found.push_back(concat(file.name, " has ", std::to_string(file.lines.size()), " lines"));
  CHECK(found == List());
}

TEST_CASE("public headers include nothing but the standard's", "[guard]") {
  for (const auto& entry : fs::directory_iterator(root / "include" / "quoin"))
    for (const Text& line : split(read_file(entry.path()), '\n')) {
      if (!line.starts_with("#include")) continue;
      INFO(entry.path() << ": " << line);
      CHECK(line.starts_with("#include <"));
      CHECK(line.find('/') == Text::npos);
    }
}
