DROP VIEW deck.alike;

DROP OPERATOR deck.!== (integer, integer);

DROP OPERATOR deck.=== (integer, integer);

DROP OPERATOR deck.|> (integer, integer);

DROP OPERATOR deck.~= (integer, integer);

CREATE FUNCTION deck.nearer(integer, integer)
RETURNS boolean
LANGUAGE sql IMMUTABLE
AS $$SELECT $1 = $2$$;

COMMENT ON OPERATOR deck.!! (NONE, integer) IS 'upside down';

ALTER OPERATOR deck.<| (integer, integer) SET (RESTRICT = pg_catalog.scalarlesel, JOIN = pg_catalog.scalarltjoinsel);

CREATE OPERATOR deck.=== (
    FUNCTION = pg_catalog.int4eq,
    LEFTARG = integer,
    RIGHTARG = integer
);

CREATE OPERATOR deck.|>= (
    FUNCTION = pg_catalog.int4ge,
    LEFTARG = integer,
    RIGHTARG = integer,
    NEGATOR = OPERATOR(deck.<|)
);

CREATE OPERATOR deck.~= (
    FUNCTION = deck.nearer,
    LEFTARG = integer,
    RIGHTARG = integer
);

CREATE VIEW deck.alike AS
SELECT (1 OPERATOR(deck.===) 2) AS same,
    (1 OPERATOR(deck.~=) 2) AS near;
