// The downs of a history, each replayed on what its own up has left.
#pragma once
#include "parser/replay/mirror.h"
#include "parser/replay/verify.h"

namespace quoin {

/// Replays each down on a copy, which costs time as the schema is large. To stay in proportion, it leaves out the
/// earlier ones where there are many, and says so.
class Downs {
 public:
  explicit Downs(std::span<const Migration>);
  /// `schema` as the up of the migration is about to find it.
  void before(const Migration&, Schema& schema, const Verified&);
  /// `schema` and `ups` as the up of the migration has left them; adds to `downs`, and to `findings` errors of syntax,
  /// what is otherwise after the down than before the up, and rows that no down brings back.
  void replay(const Migration&, Schema& schema, const Replay& ups, Verified&);
  void tell(Findings&) const;

 private:
  std::size_t left_, left_out_ = 0;
  bool most_have_one_, looks_ = false;
  Mirror before_, scratch_;
  const Schema* found_ = nullptr;  // by the up
  std::size_t first_ = 0;          // statement of the up

  struct Undone {
    const Migration& migration;
    const ReplayedDown& down;
  };
  void compare(const Undone&, const Schema& after, Verified&) const;
  void tell_rows(const Migration&, Verified&) const;
};

}  // namespace quoin
