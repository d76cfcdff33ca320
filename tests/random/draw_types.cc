// Types, sequences and routines of a random schema.
#include "tests/random/drawing.h"

namespace quoin::drawn {

Text Drawing::script() {
  say("CREATE SCHEMA app");
  if (happens("schema odd", 3)) say("CREATE SCHEMA \"Odd schema\"");
  types();
  domains();
  sequences();
  routines();
  more_routines();
  tables();
  typed_table();
  foreign_keys();
  views();
  materialized_view();
  for (const Table& table : tables_) {
    triggers(table);
    rules(table);
    policies(table);
  }
  comments();
  grants();
  owners();
  return script_;
}

void Drawing::types() {
  has_enum_ = !happens("no mood", 4);
  if (has_enum_)
    say(concat("CREATE TYPE app.mood AS ENUM (",
               one_of("mood labels", {"'fine'", "'sad', 'fine'", "'sad', 'so so', 'fine'", "'fine', 'great'",
                                      "'it''s', 'fine', 'sad'", "'fine', 'sad', 'great'"}),
               ")"));
  has_pair_ = !happens("no pair", 4);
  if (has_pair_)
    say(concat("CREATE TYPE app.pair AS (",
               one_of("pair members", {"a integer", "a integer, b text", "a bigint, b text", "b text, a integer",
                                       "a integer, \"B c\" numeric(4,1)"}),
               ")"));
  has_range_ = happens("range", 4);
  if (has_range_)
    say(concat("CREATE TYPE app.span AS RANGE (subtype = ",
               one_of("range of", {"integer", "bigint", "timestamp with time zone", "float8, subtype_diff = float8mi"}),
               ")"));
}

void Drawing::domains() {
  has_domain_ = !happens("no domain", 4);
  if (!has_domain_) return;
  Text sql = concat("CREATE DOMAIN app.positive AS ", one_of("domain type", {"integer", "bigint", "numeric(8,2)"}));
  if (happens("domain default", 4)) sql += " DEFAULT 5";
  if (happens("domain not null", 6)) sql += " NOT NULL";
  if (happens("domain named check", 2)) sql += " CONSTRAINT is_positive CHECK (VALUE > 0)";
  if (happens("domain check", 4)) sql += " CHECK (VALUE < 1000)";
  say(sql);
  if (happens("domain not valid", 8))
    say("ALTER DOMAIN app.positive ADD CONSTRAINT \"not 3\" CHECK (VALUE <> 3) NOT VALID");
}

void Drawing::sequences() {
  has_sequence_ = !happens("no sequence", 4);
  if (!has_sequence_) return;
  say(concat(happens("sequence unlogged", 12) && major_ >= 15 ? "CREATE UNLOGGED SEQUENCE" : "CREATE SEQUENCE",
             " app.numbers AS ", one_of("sequence type", {"bigint", "integer", "smallint"}),
             one_of("sequence increment", {"", " INCREMENT BY 2", " INCREMENT BY -1"}),
             one_of("sequence min", {"", " MINVALUE -5", " NO MINVALUE"}),
             one_of("sequence max", {"", " MAXVALUE 30000"}), one_of("sequence cache", {"", " CACHE 10"}),
             one_of("sequence cycle", {"", " CYCLE"})));
}

void Drawing::routines() {
  has_function_ = !happens("no function", 4);
  if (has_function_) {
    const bool standard = major_ >= 14 && happens("function standard", 9);
    say(concat("CREATE FUNCTION app.twice(", one_of("argument name", {"n", "m"}), " integer",
               one_of("argument default", {"", " DEFAULT 1"}), ") RETURNS ",
               one_of("function returns", {"integer", "bigint"}), " LANGUAGE sql IMMUTABLE",
               one_of("function strict", {"", " STRICT"}),
               one_of("function parallel", {"", " PARALLEL SAFE", " PARALLEL RESTRICTED"}),
               one_of("function cost", {"", " COST 5"}), one_of("function leakproof", {"", " LEAKPROOF"}),
               standard ? " RETURN $1 * 2"
                        : one_of("function body", {" AS 'select $1 * 2'", " AS $$select $1 + $1 -- it's$$"})));
  }
  has_touch_ = !happens("no touch", 4);
  if (has_touch_)
    say(concat("CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql",
               one_of("touch definer", {"", " SECURITY DEFINER"}),
               one_of("touch set", {"", " SET search_path TO pg_catalog, app", " SET work_mem TO '4MB'"}),
               one_of("touch body", {" AS $$begin return new; end$$",
                                     " AS $$begin if new is null then return old;"
                                     " end if; return new; end$$"})));
}

void Drawing::more_routines() {
  if (happens("overload", 3))
    say(concat("CREATE FUNCTION app.twice(text",
               one_of("overload arguments", {"", ", VARIADIC integer[]", ", integer"}), ") RETURNS ",
               one_of("overload returns", {"text", "SETOF text", "TABLE(a text, b integer)"}), " LANGUAGE sql STABLE",
               pick("overload returns", 3) == 2 ? " AS 'select $1, 1'" : " AS 'select $1'",
               pick("overload returns", 3) != 0 ? one_of("overload rows", {"", " ROWS 7"}) : ""));
  if (happens("procedure", 3))
    say(concat("CREATE PROCEDURE app.\"Do it\"(",
               one_of("procedure arguments", {"", "a integer", "VARIADIC a integer[]"}), ") LANGUAGE ",
               one_of("procedure body", {"plpgsql AS 'begin null; end'", "sql AS 'select 1'"})));
  if (happens("aggregate", 4))
    say(concat("CREATE AGGREGATE app.total(integer) (SFUNC = int4pl, STYPE = integer",
               one_of("aggregate start", {"", ", INITCOND = '0'", ", INITCOND = '5'"}),
               one_of("aggregate parallel", {"", ", PARALLEL = SAFE"}), ")"));
}

}  // namespace quoin::drawn
