#include "project/migration_file.h"

#include "core/base/comment.h"

namespace quoin {
namespace {
// Stands for a file that has no name yet; not a name that says by itself what the file is.
constexpr const char* unnamed = "unwritten.sql";

// What decides how a section runs.
using Running = std::pair<Text, std::vector<std::pair<Text, Text>>>;
Running running(const Section& section) {
  Running all{section.text, {}};
  for (const Directive& directive : section.directives) all.second.emplace_back(directive.name, directive.argument);
  return all;
}
Running running_down(const Migration& migration) { return migration.down ? running(*migration.down) : Running(); }

Text way_of_running(const Steps& steps) {
  return runs_in_transaction(steps) ? Text() : directive_line("no-transaction") + "\n";
}
}  // namespace

MigrationFile write_migration(const Steps& up, const Steps& down) {
  MigrationFile written;
  written.text.up = way_of_running(up) + emit(up);
  const Text said = lost(up);
  written.text.down = concat(way_of_running(down), said, said.empty() ? "" : "\n", emit(down));
  written.read = read_migration(unnamed, to_text(written.text));
  return written;
}

Text with_head(const MigrationFile& written, const Head& head) {
  MigrationText text = written.text;
  text.version = head.version;
  text.description = head.description;
  text.remarks = head.remarks;
  Text file = to_text(text);
  const Migration read = read_migration(unnamed, file);
  if (running(read.up) != running(written.read.up) || running_down(read) != running_down(written.read))
    throw Error(Code::internal, "the head of the migration changes what its sections say");
  return file;
}

}  // namespace quoin
