// SQL applied to a schema as the server would.
#include "diff/diff.h"
#include "parser/names/names.h"
#include "tests/replayed_database.h"

using namespace quoin;

TEST_CASE("a name that is free again is the next to be chosen") {
  ReplayedDatabase db;
  db.run(
      "create table t (a int); create index on t (a); create index on t (a); create index on t (a);"
      "drop index t_a_idx1; create index on t (a);"
      "alter index t_a_idx rename to other; create index on t (a) where a > 0; create index on t (a) where a > 3;"
      "alter table t rename to u; create table t (a int); create index on t (a) where a > 4;");
  CHECK(db.find("index public.u.t_a_idx1"));
  CHECK(db.field("index public.u.t_a_idx", "where") == "a > 0");
  CHECK(db.field("index public.u.t_a_idx3", "where") == "a > 3");
  CHECK(db.field("index public.t.t_a_idx4", "where") == "a > 4");
  db.run("drop table u; create index on t (a);");
  CHECK(db.find("index public.t.t_a_idx"));
}

TEST_CASE("names get the schema that the search path finds") {
  ReplayedDatabase db;
  db.run(
      "create schema app; create type app.mood as enum ('a');"
      "set search_path to app, public;"
      "create table users (id bigint, state mood default 'a');"
      "create view all_users as select * from users where state = 'a'::mood;");
  CHECK(db.field("column app.users.state", "type") == "app.mood");
  CHECK(db.field("view app.all_users", "query") ==
        "SELECT\n  users.id,\n  users.state\nFROM app.users\nWHERE state = 'a'::app.mood");
  CHECK(db.needs("view app.all_users", "column app.users.state"));
  CHECK(db.needs("column app.users.state", "enum app.mood"));
  db.run("create table later (id bigint)");
  CHECK(db.find("table public.later"));  // a file's search_path ends with it
}

TEST_CASE("what a schema is made with is in it, and comes in an order of its own") {
  ReplayedDatabase db;
  db.run(
      "create schema shop create view cart_ids as select id from carts create table carts (id bigint primary key)"
      " create index on carts (id) create sequence numbers;"
      "create table shop.lines (id bigint, cart_id bigint references shop.carts);"
      "create view after as select id from shop.cart_ids; create table carts (other text);");
  for (const char* made : {"table shop.carts", "view shop.cart_ids", "sequence shop.numbers",
                           "index shop.carts.carts_id_idx", "view public.after", "table public.carts"}) {
    INFO(made);
    CHECK(db.find(made));
  }
  CHECK(db.needs("view shop.cart_ids", "column shop.carts.id"));
}

TEST_CASE("what is not there is told, and nothing else") {
  ReplayedDatabase db;
  db.run(
      "create table users (id bigint, name text); create function f(a integer) returns integer language sql as 'select "
      "1'");
  CHECK(db.missing("select id from users") == "");
  CHECK(db.missing("select idd from users") == "column users.idd; ");
  CHECK(db.missing("select u.idd from users u") == "column users.idd; ");
  CHECK(db.missing("select * from userz") == "relation userz; ");
  CHECK(db.missing("create index on userz (id)") == "relation userz; ");
  CHECK(db.missing("create view v as select g(id) from users") == "routine g; ");
  CHECK(db.missing("insert into users (id, nam) values (1, 'a')") == "column users.nam; ");
  CHECK(db.missing("update users set name = upper(name) where id = f(1)") == "");
  CHECK(db.missing("alter table users add column m mood") == "type mood; ");
  CHECK(db.missing("alter table if exists nobody add column m text") == "");
  CHECK(db.missing("drop table nobody") == "relation nobody; ");
  CHECK(db.missing("drop table if exists nobody") == "");
  CHECK(db.missing("create table s.t (id int)") == "schema s; ");
  CHECK(db.missing("select nextval('no_seq')") == "relation no_seq; ");
  CHECK(db.missing("with x as (select id as a from users) select a, x.a from x") == "");
  CHECK(db.missing("select pg_class.relname from pg_class, information_schema.tables") == "");
  CHECK(db.missing("insert into users values (1) on conflict (id) do update set name = excluded.name") == "");
  CHECK(db.missing("select a.id, b from users a, lateral (select a.id + 1 as b) s order by b") == "");
}

TEST_CASE("a column that is renamed is renamed in every text") {
  ReplayedDatabase db;
  db.run(
      "create table users (id bigint primary key, name text check (name <> ''));"
      "create index users_name on users (lower(name)) where name is not null;"
      "create table orders (user_id bigint references users (id));"
      "create view names as select name, u.id from users u;"
      "alter table users rename column name to label; alter table users rename id to number;"
      "alter table users rename to people;");
  CHECK(db.find("column public.people.label"));
  CHECK(db.field("index public.people.users_name", "keys") == "lower(label)");
  CHECK(db.field("index public.people.users_name", "where") == "label IS NOT NULL");
  CHECK(db.field("foreign key public.orders.orders_user_id_fkey", "references") == "public.people");
  CHECK(db.field("view public.names", "query").find("label AS name") != Text::npos);
  CHECK(db.field("view public.names", "query").find("public.people u") != Text::npos);
}

TEST_CASE("DROP takes what belongs to it, and stops where others need it") {
  ReplayedDatabase db;
  db.run(
      "create table users (id bigint primary key, name text); create index i on users (name);"
      "create view v as select name from users; create table orders (user_id bigint references users);");
  auto effects = db.run("alter table users drop column name");
  REQUIRE(effects.size() == 1);
  REQUIRE(effects[0].refused.size() == 1);
  CHECK(path(effects[0].refused[0].first) == "view public.v");
  CHECK_FALSE(db.find("index public.users.i"));
  effects = db.run("drop table users cascade");
  CHECK(effects[0].refused.empty());
  CHECK_FALSE(db.find("table public.users"));
  CHECK_FALSE(db.find("foreign key public.orders.orders_user_id_fkey"));
  CHECK(db.find("table public.orders"));
}

TEST_CASE("what is made twice is told, unless the statement allows it") {
  ReplayedDatabase db;
  db.run("create table users (id bigint)");
  CHECK(db.run("create table users (id bigint)")[0].duplicates.size() == 1);
  CHECK(db.run("create table if not exists users (id bigint)")[0].duplicates.empty());
  CHECK(db.run("create view users as select 1")[0].duplicates.size() == 1);
  CHECK(db.run("create temporary table users (id bigint)")[0].duplicates.empty());
}

TEST_CASE("operators of an extension outside of public are said with its schema") {
  ReplayedDatabase db;
  db.run(
      "create schema ext; create extension citext schema ext; create extension pg_trgm schema ext;"
      "set search_path = public, ext;"
      "create domain handle as citext check (value ~ '^[a-z]+$');"
      "create table people (name text, code citext check (code <> 'none'), nick handle,"
      "  constraint c check (code in ('a', 'b')), constraint d check (name <> 'x' and name like 'y%'));"
      "create index on people (name) where nick = 'k' and code like 'z%';"
      "create view alike as select a.name from people a join people b on a.name % b.name;");
  CHECK(db.field("domain constraint public.handle.handle_check", "expression") == "value OPERATOR(ext.~) '^[a-z]+$'");
  CHECK(db.field("check public.people.people_code_check", "expression") == "code OPERATOR(ext.<>) 'none'");
  CHECK(db.field("check public.people.c", "expression") == "code OPERATOR(ext.=) ANY (ARRAY['a', 'b'])");
  CHECK(db.field("check public.people.d", "expression") == "name <> 'x' AND name LIKE 'y%'");
  CHECK(db.field("index public.people.people_name_idx", "where") ==
        "nick OPERATOR(ext.=) 'k' AND code OPERATOR(ext.~~) 'z%'");
  CHECK(db.field("view public.alike", "query").find("a.name OPERATOR(ext.%) b.name") != Text::npos);
  CHECK(db.needs("view public.alike", "extension pg_trgm"));
}

TEST_CASE("what an extension brings has the schema to which the extension has moved") {
  ReplayedDatabase db;
  db.run(
      "create schema tools; create extension citext;"
      "create table holder (name citext default 'public.citext', check (name <> 'nobody'::citext));"
      "create function greet(citext) returns text language sql as 'SELECT ''public.citext''';");
  CHECK(db.missing("alter extension citext set schema tools; drop function greet(tools.citext);"
                   "create table other (name citext);") == "type citext; ");
  CHECK(db.field("column public.holder.name", "type") == "tools.citext");
  CHECK(db.field("default of column public.holder.name", "expression") == "'public.citext'");
  CHECK(db.field("check public.holder.holder_name_check", "expression") ==
        "name OPERATOR(tools.<>) 'nobody'::tools.citext");
}

TEST_CASE("what is said of a partitioned table is not said of its partitions") {
  ReplayedDatabase db;
  db.run(
      "create table parts (id int, n int check (n > 0)) partition by range (id);"
      "comment on table parts is 'all'; comment on column parts.id is 'its number';"
      "create table first_part partition of parts for values from (0) to (10);");
  CHECK(db.find("column public.first_part.id"));
  CHECK(db.find("comment of table public.parts"));
  CHECK(!db.find("comment of table public.first_part"));
  CHECK(!db.find("comment of column public.first_part.id"));
}

TEST_CASE("options of a view can be set and reset; a table of a type that is not known has no known columns") {
  ReplayedDatabase db;
  db.run("create view v as select 1 as id; alter view v set (security_invoker, check_option = local);");
  CHECK(db.field("view public.v", "check_option") == "local");
  db.run("alter view v reset (check_option)");
  CHECK(db.field("view public.v", "check_option") == "");
  db.run("create type event; create table events of event (primary key (id)); create index on events (id)");
  CHECK_FALSE(db.find("table public.events"));
  CHECK(db.schema.unmodelled == List{"typed table public.events"});
  CHECK(db.missing("insert into events values (1)") == "");
}

TEST_CASE("a statement about a type of object that nobody follows is said") {
  for (const char* sql :
       {"drop operator === (int, int)", "drop cast (int as text)", "alter operator family f using btree owner to me",
        "alter operator === (int, int) owner to me", "alter operator class c using btree set schema s"}) {
    INFO(sql);
    ReplayedDatabase db;
    const std::vector<Effects> effects = db.run(sql);
    REQUIRE(effects.size() == 1);
    CHECK(effects[0].unknown.size() == 1);
  }
  ReplayedDatabase db;
  CHECK(db.run("drop database d; comment on database d is 'x'; drop role r").at(1).unknown.empty());
}

TEST_CASE("what the server makes aggregates of, and what makes ranges of bounds, is there") {
  ReplayedDatabase db;
  CHECK(db.missing("create aggregate total(numeric) (sfunc = numeric_avg_accum, stype = internal, finalfunc = "
                   "numeric_avg)") == "");
  CHECK(db.missing("create type span as range (subtype = integer); alter function span(integer, integer) rename to s; "
                   "alter function span_multirange() rename to m") == "");
  CHECK(db.missing("alter function elsewhere(integer) rename to s") != "");
}

TEST_CASE("what the server fills in is renamed with the rest, and NULL is a default only where it is coerced") {
  ReplayedDatabase db;
  db.run(
      "create table a (id int primary key); create table b (a int references a); alter table a rename id to ident;"
      "create domain plain as text default null; create domain coerced as numeric(3) default null;"
      "alter domain plain set default null; create table t (p plain default null, q text default null);"
      "create trigger x before update on a for each row execute function suppress_redundant_updates_trigger();");
  CHECK(db.field("foreign key public.b.b_a_fkey", "referenced_columns") == "ident");
  CHECK(db.field("domain public.plain", "default") == "");
  CHECK(db.field("domain public.coerced", "default") == "NULL");
  CHECK(db.find("default of column public.t.p"));
  CHECK_FALSE(db.find("default of column public.t.q"));
  CHECK(db.field("trigger public.a.x", "function") == "pg_catalog.suppress_redundant_updates_trigger");
}

TEST_CASE("a table made by a query has the columns that the query gives, where their types show") {
  ReplayedDatabase db;
  db.run(
      "create type mood as enum ('a'); create table t (id bigint primary key, name text collate \"C\" not null, m "
      "mood);"
      "create table made as select t.*, 1 as one, name::varchar(3) as short, 'x' as label, true as yes from t;"
      "select id, m as feeling into other from t where name > 'a';"
      "create table named (key, word) as select id, name from t;"
      "create table later as select id / 2.5 as half from t; create table united as select 1 as a union select 2;");
  const auto columns = [&](std::string_view table) {
    List all;
    for (const Object* object : db.schema.objects()) {
      const Text name = path(object->id);
      if (!name.starts_with(concat("column public.", table, "."))) continue;
      const Text collation = db.field(name, "collation");
      all.push_back(
          concat(object->id->name, " ", db.field(name, "type"), collation.empty() ? "" : " collate ", collation));
    }
    return join(all, ", ");
  };
  CHECK(columns("made") ==
        "id bigint, name text collate pg_catalog.\"C\", m public.mood, one integer, short character varying(3), "
        "label text, yes boolean");
  CHECK(columns("other") == "id bigint, feeling public.mood");
  CHECK(columns("named") == "key bigint, word text collate pg_catalog.\"C\"");
  CHECK(db.schema.unmodelled == List{"table made by a query public.later", "table made by a query public.united"});
}

TEST_CASE("a relation that the other side makes in a way that nobody follows is left alone") {
  Ids ids;
  Schema known = empty_database(ids), unknown = empty_database(ids);
  Findings findings;
  Replay(known, {"public"}).run("create table t (a int); create index on t (a);", "a.sql", findings);
  Replay(unknown, {"public"}).run("create table t as select 1 / 2.5 as a;", "b.sql", findings);
  LeftOut left, out;
  const auto stays = within_reach(known, unknown, left), waits = within_reach(unknown, known, out);
  REQUIRE(stays);
  CHECK(plan(known, *stays).steps.empty());
  CHECK(left.missed ==
        List{"left as it is, since the other side makes it in a way that quoin does not follow yet: table public.t"});
  REQUIRE(waits);
  CHECK(plan(unknown, *waits).steps.empty());
  CHECK(out.missed.size() == 1);
}

TEST_CASE("errors of syntax have their place, and the rest goes on") {
  ReplayedDatabase db;
  db.run("create table a (id int);\ncreate tabel b (id int);\ncreate table c (id int);");
  REQUIRE(db.findings.size() == 1);
  CHECK(db.findings[0].place == Place{"test.sql", 2, 8});
  CHECK(db.findings[0].source == "create tabel b (id int);");
  CHECK(db.find("table public.a"));
  CHECK(db.find("table public.c"));
}

TEST_CASE("LIKE takes over indexes and comments; keys that say the same are one") {
  ReplayedDatabase database;
  CHECK(database
            .missing(R"(
create table a (id bigint generated always as identity primary key, name text not null unique, x text);
create index on a (lower(x), id desc) include (name);
comment on column a.name is 'the name';
comment on index a_lower_id_name_idx is 'fast';
create table b (like a including all);
create table c (id int primary key unique, k int unique unique);)")
            .empty());
  List names;
  for (const Object* object : database.schema.objects()) {
    const Text name = path(object->id);
    const bool is_copy = name.find("public.b") != Text::npos || name.find("public.c") != Text::npos;
    if (is_copy && object->id->kind->name != "column" && object->id->kind->name != "not null") names.push_back(name);
  }
  CHECK(join(names, "\n") ==
        "table public.b\ntable public.c\nidentity of column public.b.id\nprimary key public.b.b_pkey\n"
        "primary key public.c.c_pkey\nunique public.b.b_name_key\nunique public.c.c_k_key\n"
        "index public.b.b_lower_id_name_idx\ncomment of column public.b.name\n"
        "comment of index public.b.b_lower_id_name_idx");
}

TEST_CASE("of comments on the columns of views and on attributes the last one of each counts") {
  ReplayedDatabase database;
  CHECK(database
            .missing(R"(
create view v as select 1 as id, 2 as a;
comment on column v.a is 'x;
COMMENT ON COLUMN';
comment on column v.id is 'i';
comment on column v.a is 'y';
create type c as (p int);
comment on column c.p is 'gone';
comment on column c.p is null;)")
            .empty());
  CHECK(database.field("column comment id of view public.v", "text") == "i");
  CHECK(database.field("column comment a of view public.v", "text") == "y");
  CHECK(!database.find("column comment p of composite type public.c"));
}

TEST_CASE("a table has one index that it is clustered by, and one that tells old rows apart; LIKE leaves both behind") {
  ReplayedDatabase database;
  CHECK(database
            .missing(R"(
create table a (id int primary key, n int not null unique);
create index a_n on a (n);
alter table a cluster on a_n, replica identity using index a_pkey;
cluster a using a_n_key;
cluster a;
create table b (like a including all);
create table c (id int primary key);
alter table c replica identity using index c_pkey, cluster on c_pkey;
alter table c replica identity full, set without cluster;)")
            .empty());
  List marked;
  for (const Object* object : database.schema.objects())
    for (const char* mark : {"clustered", "replica_identity"})
      if (const FieldBase* field = object->id->kind->fields.find(mark); field && object->has(*field))
        marked.push_back(concat(path(object->id), " ", mark));
  CHECK(join(marked, "\n") ==
        "table public.a replica_identity\ntable public.c replica_identity\nprimary key public.a.a_pkey "
        "replica_identity\nunique public.a.a_n_key clustered");
}

TEST_CASE("the sequence of an identity goes by its own name, and takes other options") {
  ReplayedDatabase db;
  db.run("create table t (id int generated always as identity); alter sequence t_id_seq rename to counter;");
  CHECK(db.field("identity of column public.t.id", "sequence") == "counter");
  db.run("alter table t rename to u; alter sequence public.counter rename to u_id_seq;");
  CHECK(db.field("identity of column public.u.id", "sequence").empty());  // as it is called without being told
  CHECK(db.missing("alter sequence t_id_seq rename to x") == "relation t_id_seq; ");
  db.run("alter sequence u_id_seq maxvalue 9; create sequence taken");
  const Object* identity = db.find("identity of column public.u.id");
  REQUIRE(identity);
  CHECK(identity->value(*identity->id->kind->fields.find("maximum")) == Value(std::int64_t{9}));
  CHECK(db.run("alter sequence u_id_seq rename to taken")[0].duplicates.size() == 1);
}

TEST_CASE("sequences last as their tables do, triggers of partitions are enabled as told, and NOT VALID binds heirs") {
  ReplayedDatabase db;
  const auto missing = db.missing(
      "create unlogged table u (a serial, b int generated always as identity); alter sequence u_a_seq set logged;"
      "alter sequence u_b_seq set logged; create unlogged sequence s; create table l (a serial); alter sequence "
      "l_a_seq "
      "set unlogged; alter table l set unlogged; create function f() returns trigger language plpgsql as 'begin end';"
      "create table p (a int) partition by list (a); create table q partition of p for values in (1) partition by list "
      "(a); create table r partition of q for values in (1); create trigger t after insert on p for each row execute "
      "function f(); alter table q disable trigger t; alter table only q enable always trigger t;"
      "create table c (a int); alter table c add constraint k check (a > 0) not valid; create table h () inherits "
      "(c);");
  CHECK(missing.empty());
  CHECK(db.field("sequence public.u_a_seq", "persistence") == "logged");
  CHECK(db.field("identity of column public.u.b", "persistence") == "logged");
  CHECK(db.field("sequence public.s", "persistence") == "unlogged");
  CHECK(db.field("sequence public.l_a_seq", "persistence").empty());
  CHECK(db.field("trigger state t of table public.q", "enabled") == "always");
  CHECK(db.field("trigger state t of table public.r", "enabled") == "disabled");
  CHECK(db.find("check public.h.k")->differences(*db.find("check public.c.k")).none());
  db.run("alter table p disable trigger all;");
  CHECK(db.find("trigger state t of table public.q") == nullptr);
  CHECK(db.find("trigger state t of table public.r") == nullptr);
  db.run("alter table r enable trigger t; alter table p detach partition q; ");
  CHECK(db.find("trigger state t of table public.r") == nullptr);
}

TEST_CASE("an index's key that says its column's own collation says none") {
  ReplayedDatabase db;
  db.run(
      "create collation c (locale = 'C'); create table t (a text collate \"C\", b text, \"d e\" text collate c);"
      "create index i on t (a collate \"C\" nulls first, b collate \"default\", \"d e\" collate public.c desc);"
      "create index j on t (a collate \"POSIX\" text_pattern_ops, b collate \"C\");");
  CHECK(db.field("index public.t.i", "keys") == "a NULLS FIRST, b, \"d e\" DESC");
  CHECK(db.field("index public.t.j", "keys") == "a COLLATE \"POSIX\" text_pattern_ops, b COLLATE \"C\"");
}
