#include "migration_file.h"

namespace quoin {
namespace {
// Stands for a file that has no name yet.
constexpr const char* unnamed = "migration.sql";

std::vector<std::pair<Text, Text>> directives_of(const Migration& migration) {
  std::vector<std::pair<Text, Text>> all;
  for (const Directive& directive : migration.directives) all.emplace_back(directive.name, directive.argument);
  return all;
}

Text down_of(const Migration& migration) { return migration.down ? migration.down->text : Text(); }
}  // namespace

MigrationFile write_migration(const Steps& up, const Steps& down) {
  MigrationFile written;
  written.text.up = emit(up);
  written.text.down = lost(up);
  if (!written.text.down.empty()) written.text.down += '\n';
  written.text.down += emit(down);
  // The directive holds for the file, so one section that asks for it is enough.
  if (!runs_in_transaction(up) || !runs_in_transaction(down)) written.text.directives.push_back("no-transaction");
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
  if (read.up.text != written.read.up.text || down_of(read) != down_of(written.read) ||
      directives_of(read) != directives_of(written.read))
    throw Error(Code::internal, "the head of the migration changes what its sections say");
  return file;
}

}  // namespace quoin
