CREATE SCHEMA deck;
CREATE FUNCTION deck.near(integer, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 - $2 BETWEEN -1 AND 1';
CREATE FUNCTION deck.nearer(integer, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 = $2';
CREATE OPERATOR deck.=== (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4eq);
CREATE OPERATOR deck.<| (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4lt, RESTRICT = scalarlesel,
  JOIN = scalarltjoinsel);
CREATE OPERATOR deck.|>= (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4ge, NEGATOR = OPERATOR(deck.<|));
CREATE OPERATOR deck.~= (LEFTARG = integer, RIGHTARG = integer, FUNCTION = deck.nearer);
CREATE OPERATOR deck.!! (RIGHTARG = integer, FUNCTION = int4um);
CREATE VIEW deck.alike AS SELECT 1 OPERATOR(deck.===) 2 AS same, 1 OPERATOR(deck.~=) 2 AS near;
COMMENT ON OPERATOR deck.!! (NONE, integer) IS 'upside down';
