// The tie between a base type and the functions that read and write its values, which need it, as it needs them: they
// come between CREATE TYPE name, which makes it a mere shell, and the statement that says the rest.
#pragma once
#include "core/model/kind.h"

namespace quoin {

/// The name that the step which makes the shell gives free, for the steps of those functions to take.
Slot shell_slot(Id type);

/// Lets a step that makes such a function wait for the shell, not for the whole type.
void wait_for_shell(Step&);

/// Kind::dropped_with of a routine: the base type that it serves.
Id served_type(const Object& routine);

}  // namespace quoin
