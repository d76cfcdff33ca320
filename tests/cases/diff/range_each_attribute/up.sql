COMMENT ON TYPE app.by_subtype IS NULL;

DROP TYPE app.gone;

CREATE TYPE app.added_range AS RANGE (SUBTYPE = numeric);
REVOKE USAGE ON TYPE app.added_range FROM PUBLIC;

DROP TYPE app.by_class;
CREATE TYPE app.by_class AS RANGE (SUBTYPE = text, SUBTYPE_OPCLASS = pg_catalog.text_pattern_ops);

DROP TYPE app.by_collation;
CREATE TYPE app.by_collation AS RANGE (SUBTYPE = text, COLLATION = app.bytes);

DROP TYPE app.by_difference;
CREATE TYPE app.by_difference AS RANGE (SUBTYPE = double precision, SUBTYPE_DIFF = app.further);

DROP TYPE app.by_multirange;
CREATE TYPE app.by_multirange AS RANGE (SUBTYPE = integer, MULTIRANGE_TYPE_NAME = app.spans);

ALTER FUNCTION app.by_subtype(integer, integer) RENAME TO by_subtype_old;
ALTER FUNCTION app.by_subtype(integer, integer, text) RENAME TO by_subtype_old;
ALTER FUNCTION app.by_subtype_multirange() RENAME TO by_subtype_old_multirange;
ALTER FUNCTION app.by_subtype_multirange(app.by_subtype) RENAME TO by_subtype_old_multirange;
ALTER FUNCTION app.by_subtype_multirange(app.by_subtype[]) RENAME TO by_subtype_old_multirange;
ALTER TYPE app.by_subtype_multirange RENAME TO by_subtype_old_multirange;
ALTER TYPE app.by_subtype RENAME TO by_subtype_old;

CREATE TYPE app.by_subtype AS RANGE (SUBTYPE = bigint);
COMMENT ON TYPE app.by_subtype IS 'spans';

-- WARNING(may-fail): rows whose bounds do not fit range type app.by_subtype as it is to be make it fail
-- WARNING(rewrite): column public.t.stored follows its type: rewrites every row of the table under an exclusive lock
ALTER TABLE public.t ALTER COLUMN stored TYPE app.by_subtype USING stored::text::app.by_subtype;

DROP TYPE app.by_subtype_old;

ALTER TABLE public.t ADD COLUMN more app.added_multirange;
