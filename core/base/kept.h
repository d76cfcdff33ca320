// Objects that are never destroyed.
#pragma once
#include <deque>
#include <utility>

namespace quoin {

/// Makes a T that is never destroyed, for the large things that a command makes once. A schema is a million small
/// pieces, and to free them one by one before the process ends takes a tenth of the time of a whole command.
template <class T, class... Arguments>
T& kept(Arguments&&... arguments) {
  static auto* all = new std::deque<T>;  // reachable, so no leak
  return all->emplace_back(std::forward<Arguments>(arguments)...);
}

}  // namespace quoin
