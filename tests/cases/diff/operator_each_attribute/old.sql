-- What estimates for an operator changes in place; for the rest it is made anew, with the views on it. Of a pair, the one
-- that comes or goes tells the other.
CREATE SCHEMA deck;
CREATE FUNCTION deck.near(integer, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT $1 - $2 BETWEEN -1 AND 1';
CREATE OPERATOR deck.=== (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4eq, COMMUTATOR = OPERATOR(deck.===),
  NEGATOR = OPERATOR(deck.!==), RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES);
CREATE OPERATOR deck.!== (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4ne, NEGATOR = OPERATOR(deck.===));
CREATE OPERATOR deck.<| (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4lt, RESTRICT = scalarltsel);
CREATE OPERATOR deck.|> (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4gt, COMMUTATOR = OPERATOR(deck.<|));
CREATE OPERATOR deck.~= (LEFTARG = integer, RIGHTARG = integer, FUNCTION = deck.near);
CREATE OPERATOR deck.!! (RIGHTARG = integer, FUNCTION = int4um);
CREATE VIEW deck.alike AS SELECT 1 OPERATOR(deck.===) 2 AS same, 1 OPERATOR(deck.~=) 2 AS near;
COMMENT ON OPERATOR deck.!! (NONE, integer) IS 'the other way round';
