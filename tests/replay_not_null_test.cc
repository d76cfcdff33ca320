// What PostgreSQL 18 calls a NOT NULL, which a replay follows though older servers give it no name.
#include "kinds/column/null.h"
#include "tests/replayed_database.h"

using namespace quoin;

TEST_CASE("a NOT NULL keeps its name where its table or column gets another") {
  ReplayedDatabase db;
  db.run(
      "create schema s; create table a (x int not null, y int primary key, z int generated always as identity,"
      " said int constraint nn not null); create table b (like a);"
      "alter table a rename to a2; alter table a2 rename x to x2; alter table a2 rename said to told;"
      "create table a (x int not null, y serial, z int generated always as identity primary key);"
      "create table m (q int not null); alter table m rename q to r; alter table m set schema s;"
      "create table m (q int not null);");
  const auto name = [&](const char* column) { return db.field(concat("not null of column ", column), "unsaid"); };
  CHECK(name("public.a2.x2") == "a_x_not_null");
  CHECK(name("public.a2.y") == "a_y_not_null");
  CHECK(name("public.b.z") == "a_z_not_null");
  CHECK(db.field("not null of column public.b.said", "constraint") == "nn");
  CHECK(db.field("not null of column public.a2.told", "constraint") == "nn");
  CHECK(name("public.a.x") == "a_x_not_null1");
  CHECK(name("public.a.y") == "a_y_not_null1");
  CHECK(name("public.a.z") == "a_z_not_null1");
  CHECK(name("s.m.r") == "m_q_not_null");
  CHECK(name("public.m.q") == "");
}

TEST_CASE("a NOT NULL is renamed, and dropped by its new name") {
  ReplayedDatabase db;
  db.run(
      "create table t (a int not null, b int not null); alter table t rename constraint t_a_not_null to a_is;"
      "alter table t rename constraint t_b_not_null to b_is; alter table t rename a to c;");
  CHECK(db.field("not null of column public.t.c", "constraint") == "a_is");
  CHECK(db.missing("alter table t drop constraint a_is; alter table t alter b drop not null;").empty());
  CHECK(db.find("not null of column public.t.c") == nullptr);
  CHECK(db.find("not null of column public.t.b") == nullptr);
}

TEST_CASE("a constraint may be called as a NOT NULL would be, whose name nobody said") {
  ReplayedDatabase db;
  for (const Effects& effects :
       db.run("create table t (a int not null, b int, constraint t_a_not_null check (a > 0));"
              "alter table t add constraint t_b_not_null check (b is not null) not valid;"
              "alter table t alter b set not null; alter table t drop constraint t_b_not_null;"))
    CHECK(effects.duplicates.empty());
  CHECK(db.field("not null of column public.t.a", "unsaid") == "t_a_not_null1");
  CHECK(db.field("not null of column public.t.b", "unsaid") == "t_b_not_null1");
  CHECK(db.find("check public.t.t_a_not_null"));
  CHECK(db.find("check public.t.t_b_not_null") == nullptr);
}

TEST_CASE("what a NOT NULL is called counts beside a server of 18 and newer alone") {
  for (const int major : {0, 15, 18}) {
    ReplayedDatabase db;
    db.run("create table a (x int not null, y int constraint nn not null); alter table a rename to b;");
    Schema other = db.schema.copy();
    other.major = major;
    settle_not_null_names(db.schema, other);
    CHECK(db.field("not null of column public.b.x", "constraint") == (major == 18 ? "a_x_not_null" : ""));
    CHECK(db.field("not null of column public.b.x", "unsaid") == (major == 18 ? "a_x_not_null" : ""));
    CHECK(db.field("not null of column public.b.y", "constraint") == (major == 15 ? "" : "nn"));
  }
}

TEST_CASE("what partitions that are there already have of their parent is made as it came about") {
  ReplayedDatabase db;
  db.run(
      "create table v (l text, i int, at timestamp(3) default now(), plain timestamp(3) default null)"
      " partition by range (i); create table v1 (like v); alter table v attach partition v1 for values from (1) to (2);"
      "alter table v add constraint c check (l = 'y') not valid;");
  const Object* check = db.find("check public.v.c");
  REQUIRE(check);
  CHECK(std::ranges::any_of(check->wants, [](Id id) { return path(id) == "table public.v1"; }));
  const auto is_none = [&](const char* column) {
    const Object* value = db.find(concat("default of column public.", column));
    REQUIRE(value);
    return value->has(*value->id->kind->fields.find("is_none"));
  };
  CHECK(is_none("v1.at"));
  CHECK_FALSE(is_none("v.plain"));
}
