// What a session that runs a file piece by piece has been told by those that are done.
#pragma once
#include <span>
#include <vector>

#include "core/postgres/postgres.h"
#include "runner/piece.h"

namespace quoin::runner {

/// Of the pieces whose effect stands: what was rolled back, or taken away by DISCARD or DROP, is not in it.
struct SessionState {
  std::vector<const Piece*> settings{};     // said again in this order, they make it as it was
  std::vector<const Piece*> temporaries{};  // what it alone had
  std::vector<const Piece*> hidden{};       // what may have changed it in a way that only the server saw
};
SessionState state_after(postgres::Connection&, std::span<const Piece> done);

/// Whether a piece may change its session in a way that its text does not show: by its own body, or by that of a
/// routine that the database or an earlier one of `pieces` has.
bool may_change_session(postgres::Connection&, const Piece&, std::span<const Piece> pieces);

}  // namespace quoin::runner
