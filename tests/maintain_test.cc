// MAINTAIN, which ALL means on a relation from 17 on: read without a server, and written for whichever comes.
#include "kinds/access/carried.h"
#include "project/routes.h"
#include "tests/replayed_database.h"

using namespace quoin;

namespace {
Text planned(std::string_view before, std::string_view after) {
  Ids ids;
  Schema from = empty_database(ids), to = empty_database(ids);
  Findings findings;
  Replay(from, {"$user", "public"}).run(before, "old.sql", findings);
  Replay(to, {"$user", "public"}).run(after, "new.sql", findings);
  CHECK(findings.empty());
  List all;
  for (const Step& step : plan(from, to).steps) all.push_back(step.sql);
  return join(all, "; ");
}
}  // namespace

TEST_CASE("what a server without MAINTAIN has to run does not speak of it") {
  const Text tables = "create table t (i int);";
  const auto from_to = [&](std::string_view before, std::string_view after) {
    return planned(tables + Text(before), tables + Text(after));
  };
  CHECK(from_to("", "grant all on t to r") == "GRANT ALL ON TABLE public.t TO r");
  CHECK(from_to("grant all on t to r", "") == "REVOKE ALL ON TABLE public.t FROM r");
  CHECK(from_to("", "grant all on t to r; revoke delete on t from r") ==
        "GRANT ALL ON TABLE public.t TO r; REVOKE DELETE ON TABLE public.t FROM r");
  CHECK(from_to("grant all on t to r", "grant select on t to r") ==
        "REVOKE ALL ON TABLE public.t FROM r; GRANT SELECT ON TABLE public.t TO r");
  CHECK(from_to("", "grant all on t to r with grant option") == "GRANT ALL ON TABLE public.t TO r WITH GRANT OPTION");
  CHECK(from_to("", "revoke all on t from current_user; grant select on t to current_user") ==
        "REVOKE ALL ON TABLE public.t FROM CURRENT_USER; GRANT SELECT ON TABLE public.t TO CURRENT_USER");
  CHECK(from_to("", "grant select, maintain on t to r") == "GRANT MAINTAIN, SELECT ON TABLE public.t TO r");
  CHECK(from_to("alter default privileges grant all on tables to r",
                "alter default privileges grant select on tables to r") ==
        "ALTER DEFAULT PRIVILEGES REVOKE ALL ON TABLES FROM r; ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO r");
}

TEST_CASE("ALL is what the server on the other side means by it") {
  const auto on = [](int major) {
    auto db = std::make_unique<ReplayedDatabase>();
    db->run(
        "create table t (i int); grant all on t to r; create table rest (i int);"
        "revoke delete, insert, references, select, trigger, truncate, update on rest from current_user;"
        "create table kept (i int); grant maintain on kept to r;"
        "alter default privileges revoke all on tables from current_user;");
    CHECK(db->findings.empty());
    settle_rights(db->schema, major);
    return db;
  };
  const auto old_one = on(16), new_one = on(17);
  CHECK(old_one->field("grant public.t.r", "privileges") ==
        "delete, insert, references, select, trigger, truncate, update");
  CHECK(new_one->field("grant public.t.r", "privileges") ==
        "delete, insert, maintain, references, select, trigger, truncate, update");
  CHECK(old_one->field("grant public.rest.\"current_user\"", "privileges") == "");
  CHECK(new_one->field("grant public.rest.\"current_user\"", "privileges") == "maintain");
  CHECK_FALSE(old_one->find("grant public.kept.r"));
  CHECK(new_one->find("grant public.kept.r"));
  const auto defaults = [](const ReplayedDatabase& db) {
    for (const Object* object : db.schema.objects())
      if (object->id->kind->name == "default privileges in all schemas")
        return db.field(path(object->id), "privileges");
    return Text();
  };
  CHECK(defaults(*old_one).find("maintain") == Text::npos);
  CHECK(defaults(*new_one).find("maintain") != Text::npos);
}
