// What tests of the replay share: a schema that SQL is applied to.
#pragma once
#include "core/model/kind.h"
#include "core/model/space.h"
#include "parser/replay/replay.h"
#include "tests/catch.h"

namespace quoin {

/// A database at its beginning, changed by SQL, and what has come of it.
struct ReplayedDatabase {
  Ids ids;
  Schema schema = empty_database(ids);
  Replay replay{schema, {"$user", "public"}};
  Findings findings;
  std::vector<Effects> run(std::string_view sql) { return replay.run(sql, "test.sql", findings); }
  Text missing(std::string_view sql) {
    Text all;
    for (const Effects& effects : run(sql))
      for (const Missing& one : effects.missing) all += concat(one.space, " ", one.name, "; ");
    return all;
  }
  const Object* find(std::string_view wanted) const {
    for (const Object* object : schema.objects())
      if (path(object->id) == wanted) return object;
    return nullptr;
  }
  Text field(std::string_view wanted, std::string_view name) const {
    const Object* object = find(wanted);
    REQUIRE(object);
    const Value& value = object->value(*object->id->kind->fields.find(name));
    const Text* text = std::get_if<Text>(&value);
    const List* list = std::get_if<List>(&value);
    return text ? *text : list ? join(*list, ", ") : Text();
  }
  bool needs(std::string_view user, std::string_view used) const {
    const Object* object = find(user);
    REQUIRE(object);
    return std::ranges::any_of(object->needs, [&](Id id) { return path(id) == used; });
  }
};

}  // namespace quoin
