-- Members lie in a class, or loosely in its family; what is of the class takes it anew, with the indexes on it.
CREATE SCHEMA deck;
CREATE TYPE deck.suit AS ENUM ('clubs', 'spades');
CREATE FUNCTION deck.back(integer, integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT btint4cmp($2, $1)';
CREATE OPERATOR FAMILY deck.whole USING btree;
CREATE OPERATOR CLASS deck.backwards FOR TYPE integer USING btree FAMILY deck.whole AS OPERATOR 1 >, OPERATOR 2 >=,
  OPERATOR 3 =, OPERATOR 4 <=, OPERATOR 5 <, FUNCTION 1 btint4cmp(integer, integer);
ALTER OPERATOR FAMILY deck.whole USING btree ADD OPERATOR 1 > (integer, bigint),
  FUNCTION 1 (integer, bigint) btint48cmp(integer, bigint);
CREATE OPERATOR CLASS deck.suits FOR TYPE deck.suit USING hash AS OPERATOR 1 = (anyenum, anyenum),
  FUNCTION 1 hashenum(anyenum);
CREATE OPERATOR CLASS deck.cards FOR TYPE integer[] USING gin AS OPERATOR 1 && (anyarray, anyarray),
  FUNCTION 2 ginarrayextract(anyarray, internal, internal),
  FUNCTION 3 ginqueryarrayextract(anyarray, internal, smallint, internal, internal, internal, internal),
  FUNCTION 4 ginarrayconsistent(internal, smallint, anyarray, integer, internal, internal, internal, internal),
  FUNCTION 1 btint4cmp(integer, integer), STORAGE integer;
CREATE OPERATOR CLASS deck.moved FOR TYPE integer USING hash AS OPERATOR 1 =, FUNCTION 1 hashint4(integer);
CREATE TABLE deck.hand (card integer);
CREATE INDEX hand_card ON deck.hand (card deck.backwards);
COMMENT ON OPERATOR CLASS deck.backwards USING btree IS 'from the top';
