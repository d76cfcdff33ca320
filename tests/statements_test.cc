// Statements that name an object find it whatever its kind is: each kind says how it is addressed, and DROP, COMMENT,
// RENAME, SET SCHEMA and OWNER ask nothing else.
#include "core/model/kind.h"
#include "kinds/list.h"
#include "parser/replay/replay.h"
#include "tests/catch.h"

using namespace quoin;

namespace {
constexpr const char* one_of_each = R"(
CREATE SCHEMA app;
CREATE EXTENSION citext;
CREATE COLLATION app.bytes (LOCALE = 'C');
CREATE TYPE app.span AS RANGE (SUBTYPE = integer);
CREATE TYPE app.later;
CREATE TEXT SEARCH TEMPLATE app.words (LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY app.short (TEMPLATE = app.words);
CREATE TEXT SEARCH PARSER app.letters (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end,
  LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH CONFIGURATION app.notes (PARSER = app.letters);
CREATE TYPE app.mood AS ENUM ('sad', 'glad');
CREATE DOMAIN app.small AS integer CONSTRAINT few CHECK (VALUE < 10);
CREATE TYPE app.pair AS (a integer, b integer);
CREATE SEQUENCE app.numbers;
CREATE TABLE app.authors (id integer CONSTRAINT authors_key PRIMARY KEY, name text CONSTRAINT one_name UNIQUE,
  age integer CONSTRAINT grown CHECK (age > 0), during int4range,
  CONSTRAINT apart EXCLUDE USING gist (during WITH &&));
CREATE TABLE app.books (author integer CONSTRAINT written_by REFERENCES app.authors);
CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE PROCEDURE app.sweep(integer) LANGUAGE plpgsql AS 'BEGIN END';
CREATE AGGREGATE app.total(integer) (SFUNC = int4pl, STYPE = integer);
CREATE AGGREGATE app.number(*) (SFUNC = int4inc, STYPE = integer);
CREATE CAST (app.pair AS text) WITH INOUT;
CREATE VIEW app.names AS SELECT 1 AS one;
CREATE MATERIALIZED VIEW app.counts AS SELECT 1 AS one;
CREATE INDEX by_age ON app.authors (age);
CREATE STATISTICS app.ages ON name, age FROM app.authors;
CREATE TRIGGER touched BEFORE UPDATE ON app.books FOR EACH ROW EXECUTE FUNCTION app.touch();
CREATE RULE quiet AS ON DELETE TO app.books DO INSTEAD NOTHING;
CREATE POLICY own ON app.books;
CREATE FUNCTION app.noted() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION app.noted();
CREATE FOREIGN DATA WRAPPER far;
CREATE SERVER away FOREIGN DATA WRAPPER far;
CREATE FOREIGN TABLE app.distant (id integer) SERVER away;
CREATE OPERATOR app.=== (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4eq);
CREATE OPERATOR app.!! (RIGHTARG = integer, FUNCTION = int4um);
CREATE OPERATOR FAMILY app.whole USING btree;
CREATE OPERATOR CLASS app.backwards FOR TYPE integer USING btree FAMILY app.whole AS OPERATOR 1 >;
CREATE CONVERSION app.own FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
CREATE LANGUAGE prose HANDLER plpgsql_call_handler;
CREATE TRANSFORM FOR app.pair LANGUAGE prose (FROM SQL WITH FUNCTION prsd_lextype(internal));
CREATE ACCESS METHOD shelf TYPE TABLE HANDLER heap_tableam_handler;
CREATE SUBSCRIPTION letters CONNECTION '' PUBLICATION far;
CREATE PUBLICATION news FOR TABLE app.books (author), TABLES IN SCHEMA app;
)";

struct Replayed {
  Ids ids;
  Schema schema{empty_database(ids)};
  std::vector<Effects> effects;
  explicit Replayed(const Text& sql) {
    Findings findings;
    effects = Replay(schema, {"public"}).run(sql, "all.sql", findings);
    CHECK(findings.empty());
  }
};

/// The server renames none of them.
bool has_one_name(const Kind& kind) {
  return &kind == &operator_kind || &kind == &transform_kind || &kind == &access_method_kind;
}

std::vector<Id> with_noun(const Schema& schema) {
  std::vector<Id> all;
  for (const Object* object : schema.objects())
    if (const Kind& kind = *object->id->kind; !kind.noun.empty() && kind.has_name() && object->place.line != 0)
      all.push_back(object->id);
  return all;
}

/// What the statement said of the object by that path: nothing missing, nothing unknown, and touched.
void check_found(const Text& statement) {
  INFO(statement);
  const Replayed replayed(concat(one_of_each, statement, ";"));
  const Effects& last = replayed.effects.back();
  CHECK(last.missing.empty());
  CHECK(last.unknown.empty());
  CHECK(last.makes.size() + last.changes.size() + last.needs.size() + last.drops.size() + last.renames.size() > 0);
}
}  // namespace

TEST_CASE("an object of any kind is found by the statement that drops it, comments on it or renames it") {
  const Replayed all(one_of_each);
  const std::vector<Id> ids = with_noun(all.schema);
  std::set<const Kind*> kinds;
  for (Id id : ids) {
    kinds.insert(id->kind);
    check_found(concat("COMMENT ON ", address_with_noun(id), " IS 'x'"));
    if (id->name == "citext") continue;  // has no other name
    if (!id->kind->is_of_types() && !has_one_name(*id->kind)) check_found(rename_sql(id, "renamed"));
    if (id->kind->addressed != &by_domain && id->kind->addressed != &by_column && id->kind->noun != "CONSTRAINT")
      check_found(concat("DROP ", address_with_noun(id), " CASCADE"));
  }
  for (const Kind* kind : all_kinds()) {
    INFO("kind " << kind->name);
    CHECK((kind->noun.empty() || !kind->has_name() || kinds.contains(kind)));
  }
}

TEST_CASE("what lies in a schema moves to another and gets another owner") {
  const Replayed all(one_of_each);
  for (Id id : with_noun(all.schema)) {
    if (!id->parent || id->parent->kind != &schema_kind || id->kind->addressed == &by_relation) continue;
    if (id->kind->has(named_in_schema)) continue;  // an index goes with its table
    check_found(concat("ALTER ", address_with_noun(id), " SET SCHEMA public"));
    if (!id->kind->has(has_owner)) continue;
    check_found(concat("ALTER ", address_with_noun(id), " OWNER TO somebody"));
  }
}

TEST_CASE("kinds that share a type of object are named in one way, in one name space") {
  for (const Kind* kind : all_kinds()) {
    if (kind->object_type.empty()) continue;
    INFO("kind " << kind->name);
    const ObjectType* type = object_type(kind->object_type);
    REQUIRE(type != nullptr);
    CHECK(type->space == space_of(*kind));
    CHECK(type->addressed == kind->addressed);
  }
}

TEST_CASE("what is said of a type of object that nobody knows is a note") {
  for (const char* statement : {
           "DROP CAST (text AS integer)",
           "DROP OPERATOR ===(text, text)",
       }) {
    INFO(statement);
    const Replayed replayed(concat(one_of_each, statement, ";"));
    CHECK(replayed.effects.back().missing.empty());
    CHECK(replayed.effects.back().unknown.size() == 1);
  }
  CHECK(Replayed("COMMENT ON LANGUAGE plpgsql IS 'x';").effects.back().missing.empty());
  CHECK(Replayed("COMMENT ON LANGUAGE plperl IS 'x';").effects.back().missing.size() == 1);
}

TEST_CASE("a kind has an owner where its catalog tells of one", "[guard]") {
  for (const Kind* kind : all_kinds()) {
    INFO("kind " << kind->name);
    const Text query = kind->reading.catalog ? kind->reading.catalog(150000) : Text();
    CHECK(kind->has(has_owner) == (query.find("\"~owner\"") != Text::npos));
  }
}
