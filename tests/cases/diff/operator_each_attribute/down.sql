DROP VIEW deck.alike;

DROP OPERATOR deck.=== (integer, integer);

DROP OPERATOR deck.|>= (integer, integer);

DROP OPERATOR deck.~= (integer, integer);

DROP FUNCTION deck.nearer(integer, integer);

COMMENT ON OPERATOR deck.!! (NONE, integer) IS 'the other way round';

CREATE OPERATOR deck.!== (
    FUNCTION = pg_catalog.int4ne,
    LEFTARG = integer,
    RIGHTARG = integer,
    NEGATOR = OPERATOR(deck.===)
);

ALTER OPERATOR deck.<| (integer, integer) SET (RESTRICT = pg_catalog.scalarltsel, JOIN = NONE);

CREATE OPERATOR deck.=== (
    FUNCTION = pg_catalog.int4eq,
    LEFTARG = integer,
    RIGHTARG = integer,
    COMMUTATOR = OPERATOR(deck.===),
    NEGATOR = OPERATOR(deck.!==),
    RESTRICT = pg_catalog.eqsel,
    JOIN = pg_catalog.eqjoinsel,
    HASHES,
    MERGES
);

CREATE OPERATOR deck.|> (
    FUNCTION = pg_catalog.int4gt,
    LEFTARG = integer,
    RIGHTARG = integer,
    COMMUTATOR = OPERATOR(deck.<|)
);

CREATE OPERATOR deck.~= (
    FUNCTION = deck.near,
    LEFTARG = integer,
    RIGHTARG = integer
);

CREATE VIEW deck.alike AS
SELECT (1 OPERATOR(deck.===) 2) AS same,
    (1 OPERATOR(deck.~=) 2) AS near;
