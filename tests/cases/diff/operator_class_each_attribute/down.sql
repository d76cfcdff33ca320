DROP OPERATOR CLASS deck.cards USING gin;

DROP OPERATOR CLASS deck.moved USING hash;

DROP OPERATOR CLASS deck.suits USING hash;

DROP OPERATOR FAMILY deck.elsewhere USING hash;

DROP INDEX deck.hand_card;

DROP OPERATOR CLASS deck.backwards USING btree;

ALTER OPERATOR FAMILY deck.cards USING gin DROP
    FUNCTION 1 (bigint[], bigint[]),
    FUNCTION 4 (bigint[], bigint[]);

ALTER OPERATOR FAMILY deck.cards USING gin ADD
    FUNCTION 1 (integer[], integer[]) pg_catalog.btint4cmp(integer, integer),
    FUNCTION 4 (integer[], integer[]) pg_catalog.ginarrayconsistent(internal, smallint, anyarray, integer, internal, internal, internal, internal);

CREATE OPERATOR FAMILY deck.moved USING hash;

ALTER OPERATOR FAMILY deck.whole USING btree DROP
    OPERATOR 5 (integer, bigint);

ALTER OPERATOR FAMILY deck.whole USING btree ADD
    FUNCTION 1 (integer, bigint) pg_catalog.btint48cmp(integer, bigint);

CREATE OPERATOR CLASS deck.backwards FOR TYPE integer USING btree FAMILY deck.whole AS
    FUNCTION 1 (integer, integer) pg_catalog.btint4cmp(integer, integer),
    OPERATOR 1 pg_catalog.> (integer, integer),
    OPERATOR 2 pg_catalog.>= (integer, integer),
    OPERATOR 3 pg_catalog.= (integer, integer),
    OPERATOR 4 pg_catalog.<= (integer, integer),
    OPERATOR 5 pg_catalog.< (integer, integer);

CREATE INDEX hand_card ON deck.hand (card deck.backwards);

COMMENT ON OPERATOR CLASS deck.backwards USING btree IS 'from the top';

CREATE OPERATOR CLASS deck.cards FOR TYPE integer[] USING gin FAMILY deck.cards AS
    FUNCTION 2 (integer[], integer[]) pg_catalog.ginarrayextract(anyarray, internal, internal),
    FUNCTION 3 (integer[], integer[]) pg_catalog.ginqueryarrayextract(anyarray, internal, smallint, internal, internal, internal, internal),
    STORAGE integer;

CREATE OPERATOR CLASS deck.moved FOR TYPE integer USING hash FAMILY deck.moved AS
    FUNCTION 1 (integer, integer) pg_catalog.hashint4(integer),
    OPERATOR 1 pg_catalog.= (integer, integer);

CREATE OPERATOR CLASS deck.suits FOR TYPE deck.suit USING hash FAMILY deck.suits AS
    STORAGE deck.suit;
