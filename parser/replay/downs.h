// The downs of a history, each replayed on what its own up has left.
#pragma once
#include "parser/replay/mirror.h"
#include "parser/replay/verify.h"

namespace quoin {

/// Replays each down on a copy of the schema. Since that costs time in proportion to the schema, the downs of the
/// earlier migrations of a long history are left out, which tell() says.
class Downs {
 public:
  explicit Downs(std::span<const Migration>);
  /// Call it before the up of the migration is replayed on `schema`.
  void before(const Migration&, Schema& schema, const Verified&);
  /// Call it after the up, with the `schema` and `ups` that it has left. Adds to `downs`, and to `findings`: errors of
  /// syntax, what differs after the down from before the up (down-leaves), and rows that no down brings back.
  void replay(const Migration&, Schema& schema, const Replay& ups, Verified&);
  /// Adds a note where downs were left out (downs-left-out).
  void tell(Findings&) const;

 private:
  std::size_t left_, left_out_ = 0;  // downs that are still to come, and those left out
  bool most_have_one_, looks_ = false;
  Mirror before_, scratch_;
  const Schema* found_ = nullptr;  // the schema as the up found it
  std::size_t first_ = 0;          // the first statement of the up

  struct Undone {
    const Migration& migration;
    const ReplayedDown& down;
  };
  void compare(const Undone&, const Schema& after, Verified&) const;
  void tell_rows(const Migration&, Verified&) const;
};

}  // namespace quoin
