// An order of migrations that works, where theirs does not.
#pragma once
#include <functional>

#include "parser/replay/verify.h"

namespace quoin {

/// What a history is replayed with, and which of its migrations stay where they are.
struct OrderingRequest {
  std::span<const Migration> migrations;
  const List& search_path;
  const Assumed& assumed;
  std::function<bool(std::size_t)> stays;  // for a migration's index; repeatable ones stay anyway
};

/// One migration that has to move.
struct Move {
  std::size_t migration;  // its index among all
  List why;               // a few sentences
};

struct Ordering {
  bool works = false;
  std::vector<std::size_t> order;  // where it works: places among all, in the order that does
  std::vector<Move> moves;         // as they stand in `order`
  List circle;  // where none works because migrations need each other in a circle: a sentence for each link
};

/// Looks for an order with the fewest moves that has none of the errors of order in `verified`, and no new ones. It
/// replays each order that it tries, and gives up after some, so that a hopeless case takes no long time.
Ordering find_order(const OrderingRequest&, const Verified& verified);

}  // namespace quoin
