// Entries found by the hash of a name. None is ever removed: the caller's test skips those that are out of date.
#pragma once
#include <cstddef>
#include <vector>

namespace quoin {

/// `Entry` is a pointer, or a type that can be empty like one. Entries of one hash are found in the order added.
template <class Entry>
class HashTable {
 public:
  /// The first entry of that hash for which `test(Entry)` holds; an empty one where there is none.
  template <class Test>
  Entry find(std::size_t hash, Test test) const {
    if (rows_.empty()) return Entry();
    for (std::size_t at = hash & mask(); rows_[at].entry; at = (at + 1) & mask())
      if (rows_[at].hash == hash && test(rows_[at].entry)) return rows_[at].entry;
    return Entry();
  }
  void add(std::size_t hash, Entry entry) {
    if (2 * ++taken_ > rows_.size()) grow();
    put({hash, entry});
  }
  std::size_t size() const { return taken_; }

 private:
  struct Row {
    std::size_t hash = 0;
    Entry entry{};
  };
  std::vector<Row> rows_;  // a power of two of them, at least half of them empty
  std::size_t taken_ = 0;

  std::size_t mask() const { return rows_.size() - 1; }
  void put(Row row) {
    std::size_t at = row.hash & mask();
    while (rows_[at].entry) at = (at + 1) & mask();
    rows_[at] = row;
  }
  void grow() {
    constexpr std::size_t least = 64;
    std::vector<Row> old(rows_.empty() ? least : 2 * rows_.size());
    old.swap(rows_);
    // From a gap on, so that what was found first still is.
    std::size_t first = 0;
    while (first < old.size() && old[first].entry) ++first;
    for (std::size_t i = 0; i < old.size(); ++i)
      if (const Row& row = old[(first + i) & (old.size() - 1)]; row.entry) put(row);
  }
};

}  // namespace quoin
