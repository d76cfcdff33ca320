// quoin snapshot: a schema written as a document.
#include <filesystem>

#include "base/comment.h"
#include "base/files.h"
#include "base/kept.h"
#include "command.h"
#include "parser/normal.h"
#include "parser/yaml.h"
#include "snapshot/documents.h"
#include "source.h"

namespace quoin {
namespace {
struct Wishes {
  std::optional<Text> source;
  Text format = "md", output;
  bool check = false;
};

DocumentOptions document_options(const Schema& schema) {
  DocumentOptions options;
  options.title = "Database";
  options.form = normal_in(schema);
  return options;
}

// What a file of SQL or a picture has no place for is named at its head.
Text left_out(const Schema& schema, std::string_view sign) {
  Text lines;
  for (const Text& name : schema.unmodelled) lines += comment(sign, "not in this file", name);
  return lines;
}

Text written(const Schema& schema, const Text& format) {
  const DocumentOptions options = document_options(schema);
  if (format == "yaml") return write_yaml(schema);
  if (format == "sql") return left_out(schema, comment_sign::sql) + creation_sql(schema);
  if (format == "json") return write_json(schema, options);
  if (format == "mermaid") return left_out(schema, comment_sign::mermaid) + write_mermaid(schema, options);
  return write_markdown(schema, options);
}

SchemaSource source_of(const Wishes& wishes, const Settings& settings) {
  if (wishes.source) return parse_source(*wishes.source);
  return {SourceForm::database, settings.need_database()};
}

// Where the first line differs, so that a person sees what went stale.
Text first_difference(std::string_view file, std::string_view now) {
  const List old_lines = split(file, '\n'), new_lines = split(now, '\n');
  std::size_t at = 0;
  while (at < old_lines.size() && at < new_lines.size() && old_lines[at] == new_lines[at]) ++at;
  return concat("line ", std::to_string(at + 1), "\n  - ", at < old_lines.size() ? old_lines[at] : "(end of file)",
                "\n  + ", at < new_lines.size() ? new_lines[at] : "(end of file)");
}

int check(const Text& path, const Text& content, const Settings& settings) {
  const Text file = std::filesystem::exists(path) ? read_file(path) : Text();
  if (file == content) {
    remark(settings, concat(path, " is up to date"));
    return 0;
  }
  remark(settings, file.empty() ? concat(path, " is not there")
                                : concat(path, " is stale from ", first_difference(file, content)));
  remark(settings, "write it anew with: quoin snapshot");
  return 1;
}

int run(const Wishes& wishes, const Settings& settings) {
  const SchemaSource source = source_of(wishes, settings);
  const Schema& schema = kept<Schema>(read_source(source, kept<Ids>(), settings));
  for (const Text& note : schema.notes) remark(settings, concat("note: ", note));
  const Text content = written(schema, wishes.format);
  const Text path = !wishes.output.empty() ? wishes.output : wishes.format == "md" ? settings.config.document : "";
  if (wishes.check && path.empty())
    throw Error(Code::usage, "--check needs a file to compare with", {}, "name it with -o PATH");
  if (wishes.check) return check(path, content, settings);
  if (path.empty() || path == "-") {
    print_out(content);
  } else {
    write_file(path, content);
    remark(settings, concat("wrote ", path));
  }
  return 0;
}
}  // namespace

const Command snapshot_command{
    "snapshot", "write the schema as Markdown, YAML, SQL or JSON",
    "Without SOURCE the database. Markdown goes to DATABASE.md, any other form to standard output.\n"
    "It runs nothing: a database is only read, files are read without a server.\n"
    "  quoin snapshot                         # DATABASE.md\n"
    "  quoin snapshot --check                 # exit 1 when DATABASE.md is stale\n"
    "  quoin snapshot migrations --format sql # what the migrations make, without a server",
    [](Options& options, const Settings& settings) -> std::function<int()> {
      auto wishes = std::make_shared<Wishes>();
      options.argument("SOURCE", wishes->source, "a database URL, YAML, SQL, or a migrations folder");
      options.choice("--format", wishes->format, {"md", "yaml", "sql", "json", "mermaid"}, "the form (default: md)");
      options.value("-o,--output FILE", wishes->output, "the file to write");
      options.flag("--check", wishes->check, "write nothing; exit 1 when the file is stale");
      return [wishes, &settings] { return run(*wishes, settings); };
    }};

}  // namespace quoin
