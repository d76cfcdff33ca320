// A copy that follows a schema, whatever has been done to either.
#include "parser/replay/mirror.h"

#include "tests/replayed_database.h"

using namespace quoin;

namespace {
Text shown(const Schema& schema) {
  Text all;
  for (const Object* object : schema.objects()) {
    all += concat(path(object->id), " ", std::to_string(object->position));
    for (const FieldBase* field : object->id->kind->fields) all += concat("|", as_text(object->value(*field)));
    for (Id id : object->needs) all += concat(" needs ", path(id));
    all += "\n";
  }
  return all;
}
}  // namespace

TEST_CASE("a mirror is as the schema is, though both have changed") {
  ReplayedDatabase db;
  Mirror mirror;
  db.run("create table a (id int primary key, name text); create view v as select name from a;");
  Schema& copy = mirror.of(db.schema);
  CHECK(shown(copy) == shown(db.schema));
  std::vector<Id> columns;
  copy.each([&](const Object& object) {
    if (object.id->kind->is_column()) columns.push_back(object.id);
  });
  REQUIRE(columns.size() == 2);
  copy.remove(columns[1]);
  copy.add(db.ids.of(*columns[0]->kind, columns[0]->parent, "later"));
  db.run("drop view v; alter table a rename to b; alter table b alter name set default 'x', add size int;");
  CHECK(shown(copy) != shown(db.schema));
  CHECK(&mirror.of(db.schema) == &copy);
  CHECK(shown(copy) == shown(db.schema));
  CHECK(copy.holder({space::relation, columns[0]->parent->parent, "a", {}}) == Id());
  CHECK(copy.holder({space::relation, columns[0]->parent->parent, "b", {}}));
  db.run("alter table b drop column size; create table a (size text)");
  copy.each([](Object& object) { object.needs.clear(); });
  CHECK(shown(mirror.of(db.schema)) == shown(db.schema));
  db.run("alter table a alter size set default 'y'");
  CHECK(shown(mirror.of(db.schema)) == shown(db.schema));
}
