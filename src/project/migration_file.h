// The file that a diff writes, and what a runner reads in it.
#pragma once
#include "diff/diff.h"
#include "parser/migrations/migration.h"
#include "parser/migrations/text.h"

namespace quoin {

struct MigrationFile {
  MigrationText text;  // sections and directives; no head yet
  Migration read;      // of that text, by the reader that every runner uses
};
/// `up` and `down` as a file.
MigrationFile write_migration(const Steps& up, const Steps& down);

/// What stands at the head of a file, none of which runs.
struct Head {
  Text version, description;
  std::vector<Remark> remarks{};
};
/// The whole file. Throws Error(internal) where it would run otherwise than `written.read`.
Text with_head(const MigrationFile&, const Head&);

}  // namespace quoin
