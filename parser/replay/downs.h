// The downs of a history, each replayed on what its own up has left.
#pragma once
#include "parser/replay/verify.h"

namespace quoin {

/// Each is replayed on a copy, which costs the size of the schema: so that all of it stays in proportion, the earlier
/// ones of many are left out, and told.
class Downs {
 public:
  explicit Downs(std::span<const Migration>);
  /// `schema` and `ups` as the up of the migration has left them; adds to `downs`, and errors of syntax to `findings`.
  void replay(const Migration&, const Schema& schema, const Replay& ups, Verified&);
  void tell(Findings&) const;

 private:
  std::size_t left_, left_out_ = 0;
};

}  // namespace quoin
