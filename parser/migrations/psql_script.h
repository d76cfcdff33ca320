// Scripts that psql runs: its own commands, taken out of the SQL around them.
#pragma once
#include "parser/migrations/migration.h"

namespace quoin {

struct PsqlCommand {
  std::size_t begin = 0;  // byte in the section's text
  Text told;              // a sentence on what was passed over
  Text file;              // of \i and \ir: the one that is read there, which is within the folder of the migrations
  bool opens = false;     // from here on there may be what nobody has read
};
struct PsqlScript {
  Text sql;  // as long as the section's text, with blanks where commands stood
  std::vector<PsqlCommand> commands;
};

/// True of migrations that their tool has psql run.
bool is_run_by_psql(const Migration&);
/// Of a section without rows after COPY. `root`: the folder beyond which no file is read.
PsqlScript read_psql(const Section&, const Text& root);

}  // namespace quoin
