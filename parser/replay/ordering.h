// Finds an order of migrations in which verify() has no errors of order.
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
  std::vector<std::size_t> order;  // if one works: the indexes of all migrations in that order
  std::vector<Move> moves;         // in the order of `order`
  List circle;  // if none works because migrations need each other in a cycle: a sentence for each link
};

/// Looks for an order with the fewest moves that has no errors of order, and fewer errors than `verified`. Each order
/// that it tries is replayed; after some hundreds, fewer for long files, it gives up.
Ordering find_order(const OrderingRequest&, const Verified& verified);

}  // namespace quoin
