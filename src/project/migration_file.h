// The text of a migration file that `diff` writes, and what a runner reads in it.
#pragma once
#include "diff/diff.h"
#include "parser/migrations/migration.h"
#include "parser/migrations/text.h"

namespace quoin {

struct MigrationFile {
  MigrationText text;  // sections and directives, without the comments at its head
  Migration read;      // that text, read as every runner reads it
};
/// Writes the steps as a file.
MigrationFile write_migration(const Steps& up, const Steps& down);

/// The comments at the head of a file.
struct Head {
  Text version, description;
  std::vector<Remark> remarks{};
};
/// The whole file. Throws Error(internal) where it would run otherwise than `written.read`.
Text with_head(const MigrationFile&, const Head&);

}  // namespace quoin
