CREATE SCHEMA deck;
CREATE TYPE deck.suit AS ENUM ('clubs', 'spades');
CREATE FUNCTION deck.back(integer, integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT btint4cmp($2, $1)';
CREATE OPERATOR FAMILY deck.whole USING btree;
CREATE OPERATOR FAMILY deck.elsewhere USING hash;
CREATE OPERATOR CLASS deck.backwards FOR TYPE integer USING btree FAMILY deck.whole AS OPERATOR 1 >, OPERATOR 2 >=,
  OPERATOR 3 =, OPERATOR 4 <=, OPERATOR 5 <, FUNCTION 1 deck.back(integer, integer);
ALTER OPERATOR FAMILY deck.whole USING btree ADD OPERATOR 1 > (integer, bigint), OPERATOR 5 < (integer, bigint);
CREATE OPERATOR CLASS deck.suits DEFAULT FOR TYPE deck.suit USING hash AS OPERATOR 1 = (anyenum, anyenum),
  FUNCTION 1 hashenum(anyenum);
CREATE OPERATOR CLASS deck.cards FOR TYPE bigint[] USING gin AS OPERATOR 1 && (anyarray, anyarray),
  FUNCTION 2 ginarrayextract(anyarray, internal, internal),
  FUNCTION 3 ginqueryarrayextract(anyarray, internal, smallint, internal, internal, internal, internal),
  FUNCTION 4 ginarrayconsistent(internal, smallint, anyarray, integer, internal, internal, internal, internal),
  FUNCTION 1 btint8cmp(bigint, bigint), STORAGE bigint;
CREATE OPERATOR CLASS deck.moved FOR TYPE integer USING hash FAMILY deck.elsewhere AS OPERATOR 1 =,
  FUNCTION 1 hashint4(integer);
CREATE TABLE deck.hand (card integer);
CREATE INDEX hand_card ON deck.hand (card deck.backwards);
