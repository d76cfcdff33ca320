// Nothing that a server can hold goes unlisted: what has no kind is named.
#include <map>
#include <set>

#include "core/base/files.h"
#include "kinds/database/remainder.h"
#include "kinds/list.h"
#include "snapshot/catalog/read.h"
#include "tests/server_here.h"

using namespace quoin;

namespace {
/// Catalogs whose rows are no object of a database's schemas, or a part of one that is listed with it.
struct SetAside {
  std::string_view catalog, why;
  int since = 0;  // the major version that has it, or gave its rows oids
};
constexpr SetAside set_aside[] = {
    {"pg_amop", "a part of its operator family"},
    {"pg_amproc", "a part of its operator family"},
    {"pg_auth_members", "of the whole server", 16},
    {"pg_authid", "of the whole server"},
    {"pg_database", "of the whole server"},
    {"pg_enum", "a label of its type"},
    {"pg_largeobject_metadata", "rows, not a schema"},
    {"pg_parameter_acl", "of the whole server", 15},
    {"pg_publication_namespace", "a part of its publication", 15},
    {"pg_publication_rel", "a part of its publication"},
    {"pg_tablespace", "of the whole server"},
};

// One of everything that a database can hold, on every server that quoin reads.
constexpr const char* one_of_everything = R"(
DROP EXTENSION plpgsql;
CREATE EXTENSION plpgsql;
CREATE SCHEMA app;
CREATE TYPE mood AS ENUM ('calm', 'cross');
CREATE TYPE pair AS (a integer, b integer);
CREATE TYPE span AS RANGE (subtype = integer);
CREATE TYPE shell;
CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE FUNCTION code_in(cstring) RETURNS shell LANGUAGE internal STRICT IMMUTABLE AS 'int4in';
CREATE FUNCTION code_out(shell) RETURNS cstring LANGUAGE internal STRICT IMMUTABLE AS 'int4out';
CREATE TYPE shell (INPUT = code_in, OUTPUT = code_out, LIKE = integer);
CREATE TYPE later;
CREATE COLLATION german (provider = libc, locale = 'C');
CREATE CONVERSION latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
CREATE LANGUAGE talk HANDLER plpgsql_call_handler;
CREATE FUNCTION add(integer, integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
CREATE FUNCTION same(pair, pair) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1.a = $2.a';
CREATE FUNCTION as_pair(integer) RETURNS pair LANGUAGE sql IMMUTABLE AS 'SELECT ROW($1, $1)::pair';
CREATE FUNCTION compare(pair, pair) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1.a - $2.a';
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION watch() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE FUNCTION from_sql(internal) RETURNS internal LANGUAGE internal STRICT IMMUTABLE AS 'textlike_support';
CREATE PROCEDURE work() LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE total(integer) (SFUNC = add, STYPE = integer);
CREATE OPERATOR === (LEFTARG = pair, RIGHTARG = pair, FUNCTION = same);
CREATE OPERATOR FAMILY pairs USING btree;
CREATE OPERATOR CLASS pair_ops FOR TYPE pair USING btree FAMILY pairs AS OPERATOR 3 === (pair, pair), FUNCTION 1 compare(pair, pair);
CREATE CAST (integer AS pair) WITH FUNCTION as_pair(integer);
CREATE TRANSFORM FOR pair LANGUAGE talk (FROM SQL WITH FUNCTION from_sql(internal));
CREATE ACCESS METHOD other_heap TYPE TABLE HANDLER heap_tableam_handler;
CREATE TEXT SEARCH PARSER words (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH TEMPLATE plain (LEXIZE = dsimple_lexize);
CREATE TEXT SEARCH DICTIONARY short (TEMPLATE = pg_catalog.simple);
CREATE TEXT SEARCH CONFIGURATION ours (PARSER = pg_catalog.default);
CREATE SEQUENCE numbers;
CREATE TABLE things (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text DEFAULT 'x' NOT NULL UNIQUE,
  size integer CHECK (size > 0), spot point, serial serial, EXCLUDE USING gist (spot WITH ~=));
CREATE TABLE parts (id integer REFERENCES things) PARTITION BY RANGE (id);
CREATE TABLE parts_low PARTITION OF parts FOR VALUES FROM (0) TO (10) PARTITION BY LIST (id);
CREATE TABLE parts_lowest PARTITION OF parts_low DEFAULT;
CREATE TABLE heirs (more text) INHERITS (things);
CREATE TABLE typed OF pair;
CREATE UNLOGGED TABLE quick (t text);
CREATE INDEX ON parts (id);
CREATE INDEX things_lower ON things (lower(name));
CREATE STATISTICS both_columns ON size, name FROM things;
CREATE VIEW shown AS SELECT id FROM things;
CREATE MATERIALIZED VIEW kept AS SELECT id FROM things;
CREATE RULE quiet AS ON DELETE TO things DO INSTEAD NOTHING;
CREATE TRIGGER touched BEFORE UPDATE ON things FOR EACH ROW EXECUTE FUNCTION touch();
CREATE TRIGGER each_part AFTER INSERT ON parts FOR EACH ROW EXECUTE FUNCTION touch();
CREATE CONSTRAINT TRIGGER late AFTER INSERT ON things DEFERRABLE FOR EACH ROW EXECUTE FUNCTION touch();
CREATE POLICY own ON things USING (true);
CREATE EVENT TRIGGER watching ON ddl_command_end EXECUTE FUNCTION watch();
CREATE FOREIGN DATA WRAPPER wrapper;
CREATE SERVER far FOREIGN DATA WRAPPER wrapper;
CREATE USER MAPPING FOR public SERVER far;
CREATE FOREIGN TABLE away (id integer) SERVER far;
CREATE PUBLICATION news FOR TABLE things;
CREATE PUBLICATION all_news FOR ALL TABLES;
CREATE SUBSCRIPTION heard CONNECTION 'dbname=nowhere' PUBLICATION news WITH (connect = false, slot_name = NONE);
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO public;
SELECT lo_create(0);
)";

// Of a sort that the kinds leave alone: what needs it can only be listed.
constexpr const char* of_no_kind = R"(
CREATE TYPE pair AS (a integer, b integer);
ALTER EXTENSION plpgsql ADD TYPE pair;
CREATE TABLE typed OF pair;
CREATE STATISTICS both_columns ON a, b FROM typed;
CREATE RULE quiet AS ON DELETE TO typed DO INSTEAD NOTHING;
)";

/// "total(integer)", as the list of what is not modelled or the objects of no kind name it.
bool is_listed(const Schema& schema, std::string_view name) {
  bool found = std::ranges::any_of(schema.unmodelled, [&](const Text& one) { return one.find(name) != Text::npos; });
  schema.each(
      [&](const Object& object) { found |= object.id->kind->has(opaque) && object.id->name.find(name) != Text::npos; });
  return found;
}

/// Catalogs that hold parts of what other catalogs hold; and schemas, of which one that is not read is not to be.
constexpr std::string_view of_parts[] = {"pg_attrdef", "pg_constraint", "pg_trigger", "pg_namespace"};

bool is_set_aside(const Text& catalog) { return std::ranges::count(set_aside, catalog, &SetAside::catalog) > 0; }

/// The catalogs whose rows are objects: their names, and what pg_depend calls them.
std::map<Text, Text> catalogs_of(postgres::Connection& connection) {
  const auto rows = connection.query(
      "SELECT c.oid, c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_attribute a ON a.attrelid "
      "OPERATOR(pg_catalog.=) c.oid WHERE a.attname OPERATOR(pg_catalog.=) 'oid' AND c.relkind OPERATOR(pg_catalog.=) "
      "'r' AND c.relnamespace OPERATOR(pg_catalog.=) 11");
  std::map<Text, Text> all;
  for (std::size_t row = 0; row < rows.rows(); ++row) all.emplace(rows.text(row, 1), rows.text(row, 0));
  return all;
}

/// "class:oid" of all that some kind reads, and of all that means it too.
std::set<Text> claimed(postgres::Connection& connection) {
  std::set<Text> all;
  for (const Kind* kind : all_kinds()) {
    if (!kind->reading.catalog) continue;
    const auto rows = connection.query(
        concat("SELECT j->>'class', j->>'oid', j->>'also' FROM (SELECT pg_catalog.to_jsonb(q) AS j FROM (",
               kind->reading.catalog(connection.major() * 10000), ") q) x"));
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      all.insert(concat(rows.text(row, 0), ":", rows.text(row, 1)));
      Text also = rows.text(row, 2);  // a list of "class:oid:sub"
      std::erase_if(also, [](char c) { return std::string_view("{}[]\" ").find(c) != std::string_view::npos; });
      for (const Text& one : split(also, ',')) all.insert(one.substr(0, one.rfind(':')));
    }
  }
  return all;
}

/// What users have made in a catalog, by oid and description. Left out: parts of something else, what belongs to an
/// extension, what the server has cloned for a partition, and where it puts large values.
std::vector<std::pair<Text, Text>> made_by_users(postgres::Connection& connection, const Text& catalog,
                                                 const Text& number) {
  const auto rows = connection.query(
      concat("SELECT o.oid, pg_catalog.pg_describe_object(", number, ", o.oid, 0) FROM pg_catalog.", catalog,
             " o WHERE o.oid >= 16384 AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = ", number,
             " AND d.objid = o.oid AND d.objsubid = 0 AND d.deptype IN ('i', 'e', 'P'))"));
  std::vector<std::pair<Text, Text>> all;
  for (std::size_t row = 0; row < rows.rows(); ++row)
    if (rows.text(row, 1).find(" pg_toast.") == Text::npos) all.emplace_back(rows.text(row, 0), rows.text(row, 1));
  return all;
}
}  // namespace

TEST_CASE("each catalog that can hold what users make is read by a kind, or is set aside with a reason", "[live]") {
  if (no_server_here()) return;
  const Shadow::Database database = server().create_database();
  postgres::Connection connection = database.connect();
  const std::map<Text, Text> catalogs = catalogs_of(connection);
  Text queries;
  for (const Kind* kind : all_kinds())
    if (kind->reading.catalog) queries += kind->reading.catalog(connection.major() * 10000);
  for (const auto& [name, number] : catalogs) {
    INFO(name << ", " << number);
    const bool is_read = queries.find(concat("pg_catalog.", name)) != Text::npos;
    CHECK((is_read || is_set_aside(name)));
    CHECK((std::ranges::count(listed_catalogs(), name) > 0) !=
          (is_set_aside(name) || std::ranges::count(of_parts, name) > 0));
  }
  for (const SetAside& one : set_aside) {
    INFO(one.catalog);
    CHECK((connection.major() < one.since || catalogs.contains(Text(one.catalog))));
  }
}

TEST_CASE("of one of everything that a server can hold, each is claimed by a kind or listed", "[live]") {
  if (no_server_here()) return;
  const Shadow::Database database = server().create_database();
  postgres::Connection connection = database.connect();
  connection.execute(one_of_everything);
  connection.execute("SET search_path = pg_catalog, pg_temp");
  const std::set<Text> known = claimed(connection);
  for (const auto& [catalog, number] : catalogs_of(connection)) {
    if (is_set_aside(catalog)) continue;
    const auto made = made_by_users(connection, catalog, number);
    INFO(catalog);
    CHECK(!made.empty());  // else the text above lacks something that this server knows
    for (const auto& [oid, description] : made) {
      INFO(description);
      CHECK(known.contains(concat(number, ":", oid)));
    }
  }
}

// A kind that is new takes off the list what it claims, and nothing else has to know of it.
TEST_CASE("what a kind claims is listed where that kind is not there", "[live]") {
  if (no_server_here()) return;
  const Shadow::Database database = server().create_database();
  postgres::Connection connection = database.connect();
  connection.execute(one_of_everything);
  Ids ids;
  const Schema whole = read_database(connection, ids, {});
  std::size_t tried = 0;
  for (const Kind* kind : all_kinds()) {
    if (!kind->reading.catalog || !kind->has(has_section) || kind->has(is_namespace)) continue;
    std::vector<const Kind*> others(all_kinds().begin(), all_kinds().end());
    std::erase(others, kind);
    ReadOptions options;
    options.kinds = others;
    const Schema without = read_database(connection, ids, options);
    whole.each([&](const Object& object) {
      if (object.id->kind != kind) return;
      INFO(path(object.id));
      CHECK(is_listed(without, kind->named_after.empty() ? object.id->name : object.id->parent->name));
      ++tried;
    });
  }
  CHECK(tried > 50);
}

TEST_CASE("what no kind models is named, all of it", "[live]") {
  if (no_server_here()) return;
  const Shadow::Database database = server().create_database();
  database.connect().execute(of_no_kind);
  postgres::Connection connection = database.connect();
  Ids ids;
  const Schema schema = read_database(connection, ids, {});
  for (const char* name : {"typed", "both_columns", "quiet"}) {
    INFO(name);
    CHECK(is_listed(schema, name));
  }
}
