// Which objects use which, on both sides of a change; for kinds whose change depends on more than their own object.
#pragma once
#include <optional>

#include "core/model/kind.h"

namespace quoin {

/// Answers are remembered, so it is for one thread at a time.
class Users {
 public:
  Users(const Schema& old_side, const Schema& new_side) : from(old_side), to(new_side) {}
  const Schema &from, &to;

  /// The objects in `from` that need it, over `needs` alone.
  const std::vector<Id>& of(Id) const;
  /// The routines in `from` whose bodies, kept as text, name it.
  const std::vector<Id>& naming(Id) const;

  /// The objects in `from` whose rows hold values of the type, or rows of the table's row type: columns and
  /// materialized views, through arrays, domains, composite types and further row types, and objects without a kind
  /// that need one of these.
  const std::vector<Id>& storing(Id type) const;
  /// Those of them that hold it inside of another type, where the server does not look for values that violate a
  /// condition.
  std::vector<Id> storing_inside(Id type) const;

  /// True if `from` has anything that holds rows: without any, rights that change are no hazard.
  bool has_rows_before() const;

  /// A name for an object that steps aside: like its own, free on both sides in every name space in which the object
  /// takes a name, and given to no other object.
  const Text& aside(Id) const;

 private:
  bool is_free(const Slots&) const;

  mutable std::optional<std::unordered_map<Id, std::vector<Id>>> users_, naming_;
  mutable std::unordered_map<Id, std::vector<Id>> storing_;
  mutable std::unordered_map<Id, Text> aside_;
  mutable std::unordered_set<Slot> given_;
  mutable std::optional<bool> has_rows_before_;
};

/// "column public.a.b, materialized view public.m": the objects, for people.
Text paths(const std::vector<Id>&);

}  // namespace quoin
