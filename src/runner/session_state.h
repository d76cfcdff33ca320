// The session state that the pieces of a file have left: settings, temporary relations.
#pragma once
#include <span>
#include <vector>

#include "core/postgres/postgres.h"
#include "runner/piece.h"

namespace quoin::runner {

/// The pieces whose effect on the session lasts: those rolled back, or undone by DISCARD or DROP, are left out.
struct SessionState {
  std::vector<const Piece*> settings{};     // run again in this order, they make the session as it was
  std::vector<const Piece*> temporaries{};  // made what the session alone had
  std::vector<const Piece*> hidden{};       // may have changed it in a way that their text does not show
};
SessionState state_after(postgres::Connection&, std::span<const Piece> done);

/// True if a piece may change its session in a way that its text does not show: by its own body, or by that of a
/// routine that the database or an earlier one of `pieces` has.
bool may_change_session(postgres::Connection&, const Piece&, std::span<const Piece> pieces);

}  // namespace quoin::runner
