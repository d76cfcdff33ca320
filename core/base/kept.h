// What lives as long as the process.
#pragma once
#include <deque>
#include <utility>

namespace quoin {

/// Makes a T that is never destroyed. A schema is a million small pieces, and to give them back one by one before the
/// process ends takes a tenth of the time of a whole command. For what a command makes once.
template <class T, class... Arguments>
T& kept(Arguments&&... arguments) {
  static auto* all = new std::deque<T>;  // reachable, so no leak
  return all->emplace_back(std::forward<Arguments>(arguments)...);
}

}  // namespace quoin
