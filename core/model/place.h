// Where the part of an heir that follows one of its parent's stands, until the heir has left that parent.
#pragma once
#include "core/model/object.h"

namespace quoin {

/// Freed once the heir, or partition, `host` has left a parent: a part of it that is to go, or to be another, has to
/// wait for that.
inline Slot place_beside_leader(Id host) { return {"place", host, {}, {}}; }

}  // namespace quoin
