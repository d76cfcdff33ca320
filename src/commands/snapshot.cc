// quoin snapshot: a schema written as a document.
#include <filesystem>
#include <nlohmann/json.hpp>

#include "commands/repeated.h"
#include "core/base/files.h"
#include "core/base/secret.h"
#include "project/document_files.h"
#include "project/documenting.h"

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

bool is_folder(const Text& path) { return path.ends_with('/') || fs::is_directory(path); }

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

int snapshot_pages(const std::vector<Page>& pages, const Text& folder, const SnapshotOptions& given,
                   const CommandLine& settings) {
  if (given.check) return report_check(given, folder, stale_pages(folder, pages), settings);
  std::vector<Page> files;
  files.reserve(pages.size());
  for (const Page& page : pages) files.push_back({(fs::path(folder) / page.name).string(), page.text});
  if (!given.overwrite) require_own(files, given.format);
  const WrittenPages done = write_pages(folder, pages);
  remark(settings, concat("wrote ", folder, ": ", std::to_string(pages.size()), " pages, ",
                          std::to_string(done.wrote.size()), " of them new or changed",
                          done.removed.empty() ? Text() : concat("; removed ", join(done.removed, ", "))));
  report_written(done.wrote, settings);
  return 0;
}

void advise_pages(const Schema& schema, const CommandLine& settings) {
  const std::size_t count = tables_in(schema);
  if (count > most_on_a_page)
    remark(settings,
           concat(std::to_string(count), " tables on one page: a folder of pages reads better (-o docs/schema/)"));
}

/// True if what a file that makes the schema has no place for was to be told.
bool tell_left_out(const Documented& documented, const CommandLine& settings) {
  const LeftOutOfDocument left_out = left_out_of_document(documented);
  for (const Text& note : left_out.notes) remark(settings, note);
  return left_out.is_lacking;
}

int run(const SnapshotOptions& given, const CommandLine& settings) {
  const SchemaSource source = source_of(given, settings);
  const Text path = !given.output.empty() ? given.output : given.format == "md" ? settings.config.document : "";
  if (given.check && path.empty())
    throw Error(Code::usage, "--check needs a file to compare with", {}, "name it with -o PATH");
  const Documented documented = read_for_documents({source, given.origins}, given.format, settings);
  if (given.format == "md" && is_folder(path)) return snapshot_pages(document_pages(documented), path, given, settings);
  const bool is_to_be_run = given.format == "sql" || given.format == "yaml";
  const bool lacks = is_to_be_run && tell_left_out(documented, settings);
  const Text content = document(documented, given.format);
  const Text filed = for_file(content, given.format);
  if (given.check) return report_check(given, path, stale_file(path, filed), settings);
  if (path.empty() || path == "-") {
    print_document(settings.json ? document(documented, "json") : content);
  } else {
    if (!given.overwrite) require_own({{path, filed}}, given.format);
    write_file(path, filed);
    remark(settings, concat("wrote ", path));
    report_written({path}, settings);
    if (given.format == "md") advise_pages(documented.schema, settings);
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
                   "write over files that are not of quoin's making, and YAML and SQL that was changed since");
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
