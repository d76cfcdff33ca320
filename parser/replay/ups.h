// The up of a migration, replayed with the files that psql would read along.
#pragma once
#include "parser/replay/verify.h"

namespace quoin {

/// Adds the statements and errors of syntax of the migration, the `number`th, to what is verified.
void replay_up(const Migration&, std::size_t number, Replay&, Verified&);

}  // namespace quoin
