// What stands on what, on both sides of a change: for kinds whose change turns on more than their own object.
#pragma once
#include <optional>

#include "core/model/kind.h"

namespace quoin {

/// For one thread at a time: what was asked once is remembered.
class Users {
 public:
  Users(const Schema& old_side, const Schema& new_side) : from(old_side), to(new_side) {}
  const Schema &from, &to;

  /// Who needs it in `from`, over `needs` alone.
  const std::vector<Id>& of(Id) const;
  /// Whose bodies, kept as text, name it in `from`.
  const std::vector<Id>& naming(Id) const;

  /// Whose rows in `from` hold values of the type, or rows of the table's row type: columns and materialized views,
  /// through arrays, domains, composite types and further row types, and objects without a kind that need one of these.
  const std::vector<Id>& storing(Id type) const;
  /// Those of them that hold it inside of something else, where the server looks for no value that breaks a condition.
  std::vector<Id> storing_inside(Id type) const;

  /// Whether `from` holds anything that rows lie in: who may do what with nothing is no news.
  bool has_rows_before() const;

  /// A name near its own, free on both sides in all name spaces that it takes a name in, and given to no other object.
  const Text& aside(Id) const;

 private:
  bool is_free(const Slots&) const;

  mutable std::optional<std::unordered_map<Id, std::vector<Id>>> users_, naming_;
  mutable std::unordered_map<Id, std::vector<Id>> storing_;
  mutable std::unordered_map<Id, Text> aside_;
  mutable std::unordered_set<Slot> given_;
  mutable std::optional<bool> has_rows_before_;
};

/// "column public.a.b, materialized view public.m": what stands in the way, for people.
Text paths(const std::vector<Id>&);

}  // namespace quoin
