// quoin snapshot: a schema written as a document.
#include <filesystem>
#include <nlohmann/json.hpp>

#include "commands/repeated.h"
#include "core/base/comment.h"
#include "core/base/files.h"
#include "core/base/kept.h"
#include "core/base/secret.h"
#include "core/model/kind.h"
#include "parser/normal/normal.h"
#include "parser/yaml/yaml.h"
#include "project/project.h"
#include "project/provenance.h"
#include "project/source.h"
#include "snapshot/documents/documents.h"

namespace quoin {
namespace fs = std::filesystem;
namespace {
struct SnapshotOptions {
  std::optional<Text> source;
  Text format, output;
  bool check = false, overwrite = false, strict = false, origins = false;
};

// As the file is called, unless the command line says it.
Text form_of(const Text& file) {
  const Text ending = fs::path(file).extension().string();
  if (ending == ".yml") return "yaml";
  return ending == ".yaml" || ending == ".sql" || ending == ".json" ? ending.substr(1) : "md";
}

SchemaSource source_of(const SnapshotOptions& given, const CommandLine& settings) {
  if (given.source) return parse_source(*given.source);
  return {SourceForm::database, settings.need_database()};
}

using OriginsByObject = std::unordered_map<Id, List>;

DocumentOptions document_options(const Schema& schema, const OriginsByObject& origins) {
  DocumentOptions options;
  options.title = "Database";
  options.form = normal_in(schema);
  if (!origins.empty())
    options.origin = [&origins](Id id) {
      const auto found = origins.find(id);
      return found == origins.end() ? List() : found->second;
    };
  return options;
}

/// Of the source's migrations, or the config's.
OriginsByObject origins_for(const Schema& schema, const SnapshotOptions& given, const CommandLine& settings) {
  if (!given.origins) return {};
  const SchemaSource source = source_of(given, settings);
  const Text& folder = source.form == SourceForm::migrations ? source.where : settings.config.migrations;
  return origins_in(migrations_in(folder, settings), schema.ids(), settings);
}

// What a file of SQL or a picture has no place for is named at its head.
Text left_out(const Schema& schema, std::string_view sign) {
  Text lines;
  for (const Text& name : schema.unmodelled) lines += comment(sign, "not in this file", name);
  return lines;
}

Text hanging(const Makeable& makeable, std::string_view sign) {
  Text lines;
  for (const Text& path : makeable.hanging)
    lines += comment(sign, "not in this file, since it needs one of these", path);
  return lines;
}

Text written(const Schema& schema, const Makeable& makeable, const DocumentOptions& options, const Text& format) {
  const Schema& part = makeable.part ? *makeable.part : schema;
  if (format == "yaml") return hanging(makeable, comment_sign::yaml) + write_yaml(part);
  if (format == "sql")
    return concat(left_out(schema, comment_sign::sql), hanging(makeable, comment_sign::sql), creation_sql(part));
  if (format == "json") return write_json(schema, options);
  if (format == "mermaid") return left_out(schema, comment_sign::mermaid) + write_mermaid(schema, options);
  return write_markdown(schema, options);
}

constexpr std::string_view written_by =
    "quoin snapshot, which writes it anew; take this line out of a file that is yours";

std::string_view sign_of(std::string_view format) {
  return format == "yaml" ? comment_sign::yaml : format == "sql" ? comment_sign::sql : comment_sign::mermaid;
}

/// By which a file tells that nobody has changed it since. A page of Markdown has none: that nobody edits it its own
/// mark says, and a line that is another for each content would be a conflict of every merge.
Text digest_of(std::string_view content) { return concat(" (", sha256(content).substr(0, 16), ")"); }

/// As it stands in a file: with a line at its head by which quoin knows it again.
Text for_file(const Text& content, const Text& format) {
  if (format == "md") return marked_page(content);
  if (format == "json") return content;
  return concat(comment(sign_of(format), "Written by", concat(written_by, digest_of(content))), content);
}

enum class Origin { own, changed_since, of_others };

/// A file with quoin's line at its head, of which older ones have no digest.
Origin origin_by_head(std::string_view there, std::string_view format) {
  const Text line = comment(sign_of(format), "Written by", written_by);
  const std::string_view known = std::string_view(line).substr(0, line.size() - 1);  // without the line break
  if (!there.starts_with(known)) return Origin::of_others;
  const std::size_t end = there.find('\n');
  if (end == Text::npos) return Origin::of_others;
  Text rest(there.substr(end + 1));
  std::erase(rest, '\r');  // a checkout may have put them there
  std::string_view digest = there.substr(known.size(), end - known.size());
  if (digest.ends_with('\r')) digest.remove_suffix(1);
  return digest.empty() || digest == digest_of(rest) ? Origin::own : Origin::changed_since;
}

/// "# Database", an empty line, "3 tables in 1 schema.": as pages began before they had a mark.
bool is_older_page(std::string_view text) {
  const List lines = split(text.substr(0, text.find("\n\n", 12)), '\n');
  return lines.size() == 3 && lines[0] == "# Database" && lines[1].empty() && lines[2].ends_with('.') &&
         (lines[2].find(" in ") != Text::npos || lines[2] == "Nothing is in it yet.") &&
         lines[2].find_first_of("0123456789N") == 0;
}

/// JSON has no line for a mark, so the shape of the whole tells; an empty file may be meant for something else.
bool is_own_json(std::string_view text) {
  constexpr std::string_view begin = "{\n  \"objects\": [", item = "\n    {\"kind\": \"",
                             end = "],\n  \"unmodelled\": [";
  if (!text.starts_with(begin) || !text.ends_with("]\n}\n")) return false;
  const std::string_view rest = text.substr(begin.size());
  return (rest.starts_with(item) || rest.starts_with(end)) && rest.find(end) != rest.npos;
}

Origin origin(std::string_view there, std::string_view content, const Text& format) {
  if (there == content) return Origin::own;
  if (format == "json") return is_own_json(there) ? Origin::own : Origin::of_others;
  if (trim(there).empty()) return Origin::own;
  if (format != "md") return origin_by_head(there, format);
  return is_markdown_page(there) || is_older_page(there) ? Origin::own : Origin::of_others;
}

/// What a person wrote is not written over.
void require_own(const std::vector<Page>& files, const SnapshotOptions& given) {
  if (given.overwrite) return;
  List others;
  for (const Page& file : files) {
    if (!fs::is_regular_file(file.name)) continue;
    const Origin from = origin(read_file(file.name), file.text, given.format);
    if (from == Origin::changed_since)
      throw Error(Code::refused, concat(file.name, " was changed by hand since quoin wrote it"), {file.name},
                  "take its first line out if it is yours now, name another place, or write over it: --overwrite");
    if (from == Origin::of_others) others.push_back(file.name);
  }
  if (others.empty()) return;
  throw Error(
      Code::refused,
      concat(join(others, ", "), others.size() == 1 ? " is" : " are", " there already, and not of quoin's making"),
      {others.front()}, "name another place, move it away, or write over it: --overwrite");
}

// Where the first line differs, so that a person sees what went stale.
Text first_difference(std::string_view file, std::string_view now) {
  const List old_lines = split(file, '\n'), new_lines = split(now, '\n');
  std::size_t at = 0;
  while (at < old_lines.size() && at < new_lines.size() && old_lines[at] == new_lines[at]) ++at;
  return concat("line ", std::to_string(at + 1), "\n  - ", at < old_lines.size() ? old_lines[at] : "(end of file)",
                "\n  + ", at < new_lines.size() ? new_lines[at] : "(end of file)");
}

bool is_folder(const Text& path) { return path.ends_with('/') || fs::is_directory(path); }

struct Stale {
  Text path, what;  // "is not there", "is stale from line 3 …"
};

/// Nothing, or the one file.
std::vector<Stale> stale_file(const Text& path, std::string_view content) {
  const Text file = fs::exists(path) ? read_file(path) : Text();
  if (file == content) return {};
  return {{path, file.empty() ? Text("is not there") : concat("is stale from ", first_difference(file, content))}};
}

/// The command that writes what was checked.
Text command_of(const SnapshotOptions& given, const CommandLine& settings) {
  const Text source = given.source ? concat(" ", shell_word(masked(*given.source))) : "";
  const Text format = given.format != "md" ? concat(" --format ", given.format) : "";
  const Text output = !given.output.empty() ? concat(" -o ", shell_word(given.output)) : "";
  const Text origins = given.origins ? " --origins" : "";
  return concat(repeating_options("quoin snapshot", settings), source, format, output, origins);
}

int report_check(const SnapshotOptions& given, const Text& path, const std::vector<Stale>& stale,
                 const CommandLine& settings) {
  for (const Stale& one : stale)
    for (const Text& line : split(concat(one.path, " ", one.what), '\n')) remark(settings, line);
  remark(settings, stale.empty() ? concat(path, " is up to date")
                                 : concat("write ", is_folder(path) ? "them" : "it",
                                          " anew with: ", command_of(given, settings)));
  if (settings.json) {
    auto all = nlohmann::ordered_json::array();
    for (const Stale& one : stale) all.push_back({{"path", one.path}, {"what", one.what}});
    print_json({{"up_to_date", stale.empty()}, {"stale", all}});
  }
  return stale.empty() ? 0 : 1;
}

void report_written(const List& paths, const CommandLine& settings) {
  if (settings.json) print_json({{"wrote", paths}});
}

// ---- a folder of pages ----

// Pages that an earlier run wrote, of what is no more. What people put there is theirs.
List superfluous(const Text& folder, const std::vector<Page>& pages) {
  List names;
  if (!fs::is_directory(folder)) return names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const Text name = entry.path().filename().string();
    const bool is_page = entry.is_regular_file() && entry.path().extension() == ".md";
    if (!is_page || std::ranges::count(pages, name, &Page::name)) continue;
    if (is_markdown_page(read_file(entry.path().string()))) names.push_back(name);
  }
  std::ranges::sort(names);
  return names;
}

std::vector<Stale> stale_pages(const Text& folder, const std::vector<Page>& pages) {
  std::vector<Stale> stale;
  for (const Page& page : pages)
    std::ranges::move(stale_file((fs::path(folder) / page.name).string(), page.text), std::back_inserter(stale));
  for (const Text& name : superfluous(folder, pages))
    stale.push_back({(fs::path(folder) / name).string(), "is about something that is no more"});
  return stale;
}

void write_pages(const Text& folder, const std::vector<Page>& pages, const CommandLine& settings) {
  fs::create_directories(folder);
  List wrote;
  for (const Page& page : pages) {
    const Text path = (fs::path(folder) / page.name).string();
    if (fs::exists(path) && read_file(path) == page.text) continue;
    write_file(path, page.text);
    wrote.push_back(path);
  }
  const List old = superfluous(folder, pages);
  for (const Text& name : old) fs::remove(fs::path(folder) / name);
  remark(settings,
         concat("wrote ", folder, ": ", std::to_string(pages.size()), " pages, ", std::to_string(wrote.size()),
                " of them new or changed", old.empty() ? Text() : concat("; removed ", join(old, ", "))));
  report_written(wrote, settings);
}

int snapshot_pages(const std::vector<Page>& pages, const Text& folder, const SnapshotOptions& given,
                   const CommandLine& settings) {
  if (given.check) return report_check(given, folder, stale_pages(folder, pages), settings);
  std::vector<Page> files;
  files.reserve(pages.size());
  for (const Page& page : pages) files.push_back({(fs::path(folder) / page.name).string(), page.text});
  require_own(files, given);
  write_pages(folder, pages, settings);
  return 0;
}

void advise_pages(const Schema& schema, const CommandLine& settings) {
  std::size_t count = 0;
  schema.each([&](const Object& object) {
    const Kind& kind = *object.id->kind;
    if (kind.has(holds_rows) && kind.has(has_section)) ++count;
  });
  if (count > most_on_a_page)
    remark(settings,
           concat(std::to_string(count), " tables on one page: a folder of pages reads better (-o docs/schema/)"));
}

/// "password of user mapping public of server far".
List names_set_by_hand(const Schema& schema) {
  List names;
  for (const Object* object : schema.objects())
    for (const Text& name : set_by_hand(*object)) names.push_back(concat(name, " of ", path(object->id)));
  return names;
}

/// Settings in which a routine keeps a secret: "app.jwt_secret of function public.f()".
List names_in_clear(const Schema& schema) {
  List names;
  for (const Object* object : schema.objects())
    for (const FieldBase* field : object->id->kind->fields)
      if (const auto* items = std::get_if<List>(&object->value(*field)); items && field->role == Role::parameter)
        for (const Text& item : *items)
          if (masked(item) != item) names.push_back(concat(item.substr(0, item.find('=')), " of ", path(object->id)));
  return names;
}

/// Whether there was anything to tell: what a file that makes the schema has no place for.
bool tell_left_out(const Schema& schema, const Makeable& makeable, const CommandLine& settings) {
  for (const auto& [why, names] :
       {std::pair{"not in it, being of a kind that quoin does not write yet", &schema.unmodelled},
        std::pair{"not in it, since it needs one of these", &makeable.hanging}})
    if (!names->empty()) remark(settings, concat("note: ", why, ": ", join(*names, ", ")));
  if (const List secrets = names_set_by_hand(schema); !secrets.empty())
    remark(settings,
           concat("note: set by hand, for quoin writes no secrets, nor what it may not read: ", join(secrets, ", ")));
  if (const List names = names_in_clear(schema); !names.empty())
    remark(settings, concat("note: a secret in it, since what is made of it would lack it; keep it elsewhere, as in a"
                            " table that few may read: ",
                            join(names, ", ")));
  return !schema.unmodelled.empty() || !makeable.hanging.empty();
}

int run(const SnapshotOptions& given, const CommandLine& settings) {
  const SchemaSource source = source_of(given, settings);
  const Schema& schema = kept<Schema>(read_managed(source, kept<Ids>(), settings));
  for (const Text& note : schema.notes) remark(settings, concat("note: ", note));
  if (given.format == "md")
    for (const Text& note : not_known(schema)) remark(settings, concat("note: ", note));
  const Text path = !given.output.empty() ? given.output : given.format == "md" ? settings.config.document : "";
  if (given.check && path.empty())
    throw Error(Code::usage, "--check needs a file to compare with", {}, "name it with -o PATH");
  const OriginsByObject origins = origins_for(schema, given, settings);
  const DocumentOptions options = document_options(schema, origins);
  if (given.format == "md" && is_folder(path))
    return snapshot_pages(write_markdown_pages(schema, options), path, given, settings);
  const bool is_whole = given.format == "sql" || given.format == "yaml";
  const Makeable& makeable = kept<Makeable>(is_whole ? quoin::makeable(schema) : Makeable());
  const bool lacks = is_whole && (tell_left_out(schema, makeable, settings) || !schema.notes.empty());
  const Text content = written(schema, makeable, options, given.format);
  const Text filed = for_file(content, given.format);
  if (given.check) return report_check(given, path, stale_file(path, filed), settings);
  if (path.empty() || path == "-") {
    print_document(settings.json ? written(schema, makeable, options, "json") : content);
  } else {
    require_own({{path, filed}}, given);
    write_file(path, filed);
    remark(settings, concat("wrote ", path));
    report_written({path}, settings);
    if (given.format == "md") advise_pages(schema, settings);
  }
  return given.strict && lacks ? 1 : 0;
}
}  // namespace

const Command snapshot_command{
    "snapshot", "write the schema as Markdown, YAML, SQL or JSON",
    "Without SOURCE the database. Markdown goes to DATABASE.md, any other form to standard output.\n"
    "It runs nothing: a database is only read, files are read without a server.\n"
    "  quoin snapshot                         # DATABASE.md\n"
    "  quoin snapshot --check                 # exit 1 when DATABASE.md is stale\n"
    "  quoin snapshot -o docs/schema/         # a folder of pages, for many tables\n"
    "  quoin snapshot migrations --format sql # what the migrations make, without a server",
    [](Options& options, const CommandLine& settings) -> std::function<int()> {
      auto given = std::make_shared<SnapshotOptions>();
      options.argument("SOURCE", given->source, "a database URL, YAML, SQL, or a migrations folder");
      options.choice("--format", given->format, {"md", "yaml", "sql", "json", "mermaid"},
                     "the form (default: as FILE ends, else md)");
      options.value("-o,--output FILE", given->output,
                    "the file to write; for md, a folder (with a / at its end) of pages");
      options.flag("--overwrite", given->overwrite,
                   "write over files that are not of quoin's making, or changed since");
      options.flag("--check", given->check, "write nothing; exit 1 when the file is stale");
      options.flag("--origins", given->origins,
                   "md and json: say in which migration each object was made and last changed");
      options.flag("--strict", given->strict, "exit 1 when SQL or YAML leaves something out, or may");
      return [given, &settings] {
        if (given->format.empty()) given->format = form_of(given->output);
        return run(*given, settings);
      };
    }};

}  // namespace quoin
