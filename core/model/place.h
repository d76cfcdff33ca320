// A slot that orders steps: a partition is detached before what it has from its parent is dropped or changed.
#pragma once
#include "core/model/object.h"

namespace quoin {

/// The slot that is freed by the step that detaches the partition, or child table, `host` from its parent. Steps that
/// drop or replace an object which the host has from that parent take it, and so come after.
inline Slot place_beside_leader(Id host) { return {"place", host, {}, {}}; }

}  // namespace quoin
