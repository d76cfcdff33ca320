// goose's ENVSUB: values of the environment in the lines of a migration between `-- +goose ENVSUB ON` and OFF.
#pragma once
#include "parser/migrations/migration.h"

namespace quoin {

/// The values that ENVSUB puts in: those of `given`, else those of the environment.
struct EnvsubValues {
  const Variables& given;
  const Environment& environment;
};
/// Puts values where the section's lines name them, as goose does: $NAME, ${NAME}, ${NAME:-WORD} (WORD where it is
/// unset or empty), ${NAME-WORD} (where it is unset), ${NAME:OFFSET:LENGTH} (a part of it), ${NAME?WORD} (it must be
/// set); `\$` is a dollar sign. The tags of dollar quotes, `$1`, `$(` and comments stay. Returns, in words, why the
/// section cannot run: a name has no value, a place cannot be read. Empty: it can.
Text fill_from_environment(Section&, const EnvsubValues&);

}  // namespace quoin
