// Where an object comes from: the statements of the migrations that made and changed it.
#pragma once
#include "parser/replay/verify.h"

namespace quoin {

/// What one statement did to the object, or to what lies in it.
struct Touch {
  const ReplayedStatement* statement;
  Text verb;        // "made", "changed", "renamed from public.people", "dropped": of the object itself, or "changed"
  List parts = {};  // what it did to what lies in it, a few words each: "column email made"
};
struct Provenance {
  Id id;
  bool is_there = false;  // after the last migration
  std::vector<Touch> touches{};
  std::vector<Id> stands_on{}, users{};  // with sections of their own; where it is there
};

/// The object of that name among all that the migrations made: "users", "public.users", "users.email", "table users".
/// Throws Error(input) where there is none, or several.
Id object_called(const Text& name, const Schema&, const Verified&);
/// In the order of the statements; what it was called before renames counts.
Provenance provenance_of(Id, Schema&, const Verified&);

}  // namespace quoin
