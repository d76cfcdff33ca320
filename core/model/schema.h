// A schema: the objects of a database or of a desired state, however it was read.
#pragma once
#include <concepts>
#include <deque>
#include <map>
#include <unordered_map>

#include "core/model/schema_index.h"
#include "core/model/touched.h"

namespace quoin {

class Schema {
 public:
  explicit Schema(Ids& ids) : ids_(&ids) {}
  Schema(Schema&&) = default;
  Schema& operator=(Schema&&) = default;
  Schema copy() const;  // explicit, since it is large

  Ids& ids() const { return *ids_; }
  Object& add(Id);               // throws Error(internal) where it is there already, or its parent is none for its kind
  void put(const Object&);       // a copy of another schema's object, in the place of what has its Id here
  void remove(Id);               // the object alone; its children and users are the caller's matter
  const Object* find(Id) const;  // null where it is not; O(1)
  Object* find(Id);
  const Object* find(const Kind& kind, Id parent, std::string_view name, std::string_view signature = {}) const {
    return find(ids_->find(kind, parent, name, signature));
  }
  /// All, ordered by Id; siblings of an `ordered` kind, and so what lies in them, by position. The order is found at
  /// the first call and kept until something is added or removed.
  std::vector<const Object*> objects() const;
  std::vector<Object*> objects();
  std::vector<const Object*> children(Id) const;  // directly below, ordered likewise; of Id(): the top level
  /// Calls `visit(const Object&)` for what lies directly below, in the order added.
  template <class Visit>
  void each_child(Id id, Visit visit) const {
    any_child(id, [&](const Object& child) { return visit(child), false; });
  }
  /// True if `test(const Object&)` holds for some object directly below; stops at the first.
  template <class Test>
  bool any_child(Id id, Test test) const {
    const std::size_t row = id ? id->number + 1 : 0;
    if (row < children_.size())
      for (Id child : children_[row].ids)
        if (child && test(*find(child))) return true;
    return false;
  }
  std::size_t size() const { return size_; }
  /// Calls `visit(const Object&)` for each, in the order added: for what does not care about order.
  template <class Visit>
  void each(Visit visit) const {
    for (const Object& object : objects_)
      if (object.id) visit(object);
  }
  template <class Visit>
  requires(!std::invocable<Visit&, const Object&>) void each(Visit visit) {
    touched_.add_all();
    for (Object& object : objects_)
      if (object.id) visit(object);
  }

  /// The object that has a name; null: none has. The index behind it is built at the first call and updated at later
  /// ones; many threads may call it after one call, or build_indexes(), since the last change.
  Id holder(const Slot&) const;
  /// All objects that have the name as their own, whatever their signature: the overloads of a routine.
  std::vector<Id> holders(std::string_view space, Id scope, std::string_view name) const;
  /// True if a name that the server would choose for a part of a relation or type (a constraint) is taken in that
  /// schema.
  bool is_held_within(std::string_view space, Id schema, std::string_view name) const;
  /// The objects that need or want an object, in the order of their numbers.
  std::vector<Id> users(Id);
  /// Builds or updates the indexes behind holder() and objects(), which their next call would do otherwise. Fast where
  /// all that was added since the last time is of kinds with a greater weight than what was there.
  void build_indexes() const;
  /// Call it after a change of an object's id, fields, needs or wants, so that indexes are updated.
  void changed(Id);
  void all_changed();

  /// Gives an object another Id and, so, all below it other parents, and objects that have one of these in their own
  /// name (a routine with such a type) other Ids too; updates needs and wants of all objects. Texts that mention it are
  /// the caller's matter. Throws Error(internal) where the new Id is taken, or its parent is none for its kind.
  void rename(Id from, Id to);
  /// The same for a name that no object of the schema has: a role's.
  void rename(const Slot& old_name, const Slot& new_name);
  /// Renames the objects below `whole` that are named after a part of it (Trait names_part).
  void rename_part(Id whole, const Text& old_name, const Text& new_name);

  /// What was added, removed, or given out to be changed.
  Touched& touched() { return touched_; }

  Text made_by;   // the role that owns objects for which the source does not say an owner; empty: not known
  int major = 0;  // of the server whose deparsed texts these are; 0: no server's

  // Objects of the source that no kind models, by sort and name, for every output.
  List unmodelled;
  // Tables in which other tools keep which migrations they have run, each with the tool's name.
  std::map<Text, Text> histories;
  // What the reader could not decide; a sentence each.
  List notes;

 private:
  struct Children {
    std::vector<Id> ids;   // null where one has gone
    std::size_t gone = 0;  // how many
    int last_position = 0;
  };
  Ids* ids_;
  std::deque<Object> objects_;
  std::vector<Object*> by_number_;
  std::vector<Children> children_;     // by number + 1; 0: top level
  std::vector<std::size_t> child_at_;  // by number: where it is among its parent's
  std::size_t size_ = 0;
  mutable std::vector<Object*> order_;       // of all, or of some when something was removed since
  mutable std::size_t in_order_ = 0;         // how many of it are; the others were added since
  mutable std::vector<std::size_t> places_;  // in `order_`, from 1, by number + 1
  void update_order() const;
  mutable SlotIndex slots_;
  UserIndex users_;
  Touched touched_;
  std::unordered_map<Id, std::vector<Id>> named_by_;  // by name (core/model/name.h); some may have gone
  using Moves = std::vector<std::pair<Id, Id>>;       // from, to
  Moves moves_of(Id from, Id to) const;               // and of all below
  void move(const Moves&);
  void follow(const std::unordered_map<Id, Id>& names);  // old and new
  void enter(Object&);                                   // under its Id, which is new
  void leave(Id);
};

/// For each object those that need it, by `needs` alone; its children are not counted.
std::unordered_map<Id, std::vector<Id>> users_of(const Schema&);

}  // namespace quoin
