// The numbers in the names that the server chooses (ChooseRelationName): t_a_idx, t_a_idx1, t_a_idx2…
#pragma once
#include <unordered_map>

#include "core/model/object.h"

namespace quoin {

/// Remembers for each requested name (a Slot, whose name holds its parts) the first number that is not known to be
/// taken, so that no number is tried twice until its name is free again.
class ChosenNames {
 public:
  /// The number to try first; 0: the name without a number.
  int number(const Slot& asked) const {
    const auto found = numbers_.find(asked);
    return found == numbers_.end() ? 0 : found->second;
  }
  /// The name with this number is taken, or is from now on.
  void take(const Slot& asked, int number, const Text& name) {
    numbers_[asked] = number;
    takers_[name].emplace_back(asked, number);
  }
  /// No object has this name any more, whatever was requested for it.
  void free(const Text& name) {
    const auto found = takers_.find(name);
    if (found == takers_.end()) return;
    for (const auto& [asked, number] : found->second) numbers_[asked] = std::min(numbers_[asked], number);
    takers_.erase(found);
  }

 private:
  std::unordered_map<Slot, int> numbers_;
  std::unordered_map<Text, std::vector<std::pair<Slot, int>>> takers_;
};

}  // namespace quoin
