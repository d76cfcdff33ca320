// Which objects a query needs, by how its names are resolved.
#include "tests/replayed_database.h"

using namespace quoin;

TEST_CASE("a query that groups by a key needs it only where it shows other columns outside of aggregates") {
  ReplayedDatabase db;
  db.run(
      "create table t (id int primary key, a int, b text);"
      "create aggregate total(int) (sfunc = int4pl, stype = int); create schema x;"
      "create aggregate x.all_of(text) (sfunc = textcat, stype = text);"
      "create function plain(int) returns int language sql immutable as 'select $1';"
      "create view own as select id, total(a), x.all_of(b) from t group by id;"
      "create view as_json as select id, json_agg_strict(a) from t group by id having total(a) > 1 order by total(a);"
      "create view shown as select id, a, total(a) from t group by id;"
      "create view called as select id, plain(a) from t group by id;"
      "create view window_of as select id, total(a) over () from t group by id;");
  for (const char* without : {"view public.own", "view public.as_json"})
    CHECK_FALSE(db.needs(without, "primary key public.t.t_pkey"));
  for (const char* with : {"view public.shown", "view public.called", "view public.window_of"})
    CHECK(db.needs(with, "primary key public.t.t_pkey"));
}
