// The indexes that a Schema keeps: objects by their names, and users by what they use. An entry may be out of date,
// which a lookup checks, so that removing an object needs no search.
#pragma once
#include "core/model/object.h"

namespace quoin {

class Schema;

/// Objects by slot.
class SlotIndex {
 public:
  /// Says that an object was added or changed. Free of cost before the first update().
  void changed(Id id) {
    if (is_built_) changed_.push_back(id);
  }
  /// Call it before the functions below.
  void update(const Schema&);
  Id holder(const Slot&, const Schema&) const;
  /// All that hold the name, whatever their signature, in no particular order.
  std::vector<Id> overloads(const Slot& without_signature, const Schema&) const;
  /// True if the name is held below any relation or type of the schema; for constraints alone.
  bool is_held_within(const Slot& of_schema, const Schema&) const;

 private:
  bool is_built_ = false;
  std::vector<Id> changed_;
  HashTable<Id> holders_;  // by the hash of a Slot
  HashTable<Id> alike_;    // by that of a Slot that several can have

  void add(const Slot&, Id);
};

/// Users by what they need or want.
class UserIndex {
 public:
  void changed(Id id) {
    if (is_built_) changed_.push_back(id);
  }
  /// The objects that need or want `used`, in the order of their numbers.
  std::vector<Id> users(Id used, const Schema&);

 private:
  bool is_built_ = false;
  std::vector<Id> changed_;
  std::vector<std::vector<Id>> users_;  // by number

  void update(const Schema&);
  void add(const Object&);
};

}  // namespace quoin
