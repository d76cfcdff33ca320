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
  std::function<bool(std::size_t)> stays;  // of a migration's place among all; those that repeat stay anyway
};

struct Move {
  std::size_t migration;  // its place among all
  List why;               // a few sentences
};

struct Ordering {
  bool works = false;
  std::vector<std::size_t> order;  // where it works: places among all, in the order that does
  std::vector<Move> moves;         // as they stand in `order`
  List circle;                     // where none does: a sentence a link, where they need each other in a circle
};

/// Looks for an order with the fewest moves in which the errors that `verified` tells of the order are gone, and no
/// others come. Each order that it tries is replayed; so that a hopeless one takes no long time, it gives up after
/// some.
Ordering find_order(const OrderingRequest&, const Verified& verified);

}  // namespace quoin
