// Where an object comes from: the statements of the migrations that made and changed it.
#pragma once
#include <unordered_map>

#include "parser/replay/verify.h"
#include "project/settings.h"

namespace quoin {

/// What one statement did to an object, or to what lies in it.
struct ObjectChange {
  const ReplayedStatement* statement;
  Text verb;        // "made", "changed", "renamed from public.people", "dropped"
  List parts = {};  // the same for what lies in it: "column email made"
};
struct Provenance {
  Id id;
  Text part = {};         // of the object, which was asked for and is no object itself: a view's column
  bool is_there = false;  // it exists after the last migration
  std::vector<ObjectChange> touches{};
  std::vector<Id> stands_on{},
      users{};  // if it exists: objects with a section in documents that it uses, and those that use it
};

/// The object of that name among all that the migrations have made: "users", "public.users", "users.email", "table
/// users"; of a view's column or a type's attribute, which is no object, the view or type. Throws Error(input) where
/// there is none, or several.
Id object_called(const Text& name, const Schema&, const Verified&);
/// The column or attribute that the name means, where object_called() gives what has it; empty: the name is the
/// object's own.
Text part_called(const Text& name, Id);
/// What the statements did to the object, in their order; its former names count.
Provenance provenance_of(Id, Schema&, const Verified&);

/// Where each object that the migrations leave was made and, where that is another place, last changed; what lies in it
/// counts. "migrations/0001_users.sql:3".
std::unordered_map<Id, List> origins_in(std::span<const Migration>, Ids&, const Settings&);

}  // namespace quoin
