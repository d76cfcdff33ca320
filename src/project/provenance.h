// Where an object comes from: the statements of the migrations that made and changed it.
#pragma once
#include <unordered_map>

#include "parser/replay/verify.h"
#include "project/settings.h"

namespace quoin {

/// What one statement did to the object, or to what lies in it.
struct Touch {
  const ReplayedStatement* statement;
  Text verb;        // "made", "changed", "renamed from public.people", "dropped"
  List parts = {};  // the same for what lies in it: "column email made"
};
struct Provenance {
  Id id;
  bool is_there = false;  // it exists after the last migration
  std::vector<Touch> touches{};
  std::vector<Id> stands_on{},
      users{};  // objects with a documents' section that it uses, and that use it, if it exists
};

/// The object of that name among all that the migrations have made: "users", "public.users", "users.email", "table
/// users". Throws Error(input) where there is none, or several.
Id object_called(const Text& name, const Schema&, const Verified&);
/// What the statements did to the object, in their order; its former names count.
Provenance provenance_of(Id, Schema&, const Verified&);

/// Where each object that the migrations leave was made and, where that is another place, last changed; what lies in it
/// counts. "migrations/0001_users.sql:3".
std::unordered_map<Id, List> origins_in(std::span<const Migration>, Ids&, const Settings&);

}  // namespace quoin
