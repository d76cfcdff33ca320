DROP OPERATOR CLASS deck.cards USING gin;

DROP OPERATOR CLASS deck.moved USING hash;

DROP OPERATOR CLASS deck.suits USING hash;

DROP OPERATOR FAMILY deck.moved USING hash;

DROP INDEX deck.hand_card;

DROP OPERATOR CLASS deck.backwards USING btree;

ALTER OPERATOR FAMILY deck.cards USING gin DROP
    FUNCTION 1 (integer[], integer[]),
    FUNCTION 4 (integer[], integer[]);

ALTER OPERATOR FAMILY deck.cards USING gin ADD
    FUNCTION 1 (bigint[], bigint[]) pg_catalog.btint8cmp(bigint, bigint),
    FUNCTION 4 (bigint[], bigint[]) pg_catalog.ginarrayconsistent(internal, smallint, anyarray, integer, internal, internal, internal, internal);

CREATE OPERATOR FAMILY deck.elsewhere USING hash;

ALTER OPERATOR FAMILY deck.whole USING btree DROP
    FUNCTION 1 (integer, bigint);

ALTER OPERATOR FAMILY deck.whole USING btree ADD
    OPERATOR 5 pg_catalog.< (integer, bigint);

CREATE OPERATOR CLASS deck.backwards FOR TYPE integer USING btree FAMILY deck.whole AS
    FUNCTION 1 (integer, integer) deck.back(integer, integer),
    OPERATOR 1 pg_catalog.> (integer, integer),
    OPERATOR 2 pg_catalog.>= (integer, integer),
    OPERATOR 3 pg_catalog.= (integer, integer),
    OPERATOR 4 pg_catalog.<= (integer, integer),
    OPERATOR 5 pg_catalog.< (integer, integer);

CREATE INDEX hand_card ON deck.hand (card deck.backwards);

CREATE OPERATOR CLASS deck.cards FOR TYPE bigint[] USING gin FAMILY deck.cards AS
    FUNCTION 2 (bigint[], bigint[]) pg_catalog.ginarrayextract(anyarray, internal, internal),
    FUNCTION 3 (bigint[], bigint[]) pg_catalog.ginqueryarrayextract(anyarray, internal, smallint, internal, internal, internal, internal),
    STORAGE bigint;

CREATE OPERATOR CLASS deck.moved FOR TYPE integer USING hash FAMILY deck.elsewhere AS
    FUNCTION 1 (integer, integer) pg_catalog.hashint4(integer),
    OPERATOR 1 pg_catalog.= (integer, integer);

CREATE OPERATOR CLASS deck.suits DEFAULT FOR TYPE deck.suit USING hash FAMILY deck.suits AS
    STORAGE deck.suit;
