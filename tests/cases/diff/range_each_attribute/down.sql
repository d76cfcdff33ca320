COMMENT ON TYPE app.by_subtype IS NULL;

DROP TYPE app.by_class;
CREATE TYPE app.by_class AS RANGE (SUBTYPE = text);

DROP TYPE app.by_collation;
CREATE TYPE app.by_collation AS RANGE (SUBTYPE = text);

DROP TYPE app.by_difference;
CREATE TYPE app.by_difference AS RANGE (SUBTYPE = double precision, SUBTYPE_DIFF = app.apart);

DROP TYPE app.by_multirange;
CREATE TYPE app.by_multirange AS RANGE (SUBTYPE = integer);

ALTER FUNCTION app.by_subtype(bigint, bigint) RENAME TO by_subtype_old;
ALTER FUNCTION app.by_subtype(bigint, bigint, text) RENAME TO by_subtype_old;
ALTER FUNCTION app.by_subtype_multirange() RENAME TO by_subtype_old_multirange;
ALTER FUNCTION app.by_subtype_multirange(app.by_subtype) RENAME TO by_subtype_old_multirange;
ALTER FUNCTION app.by_subtype_multirange(app.by_subtype[]) RENAME TO by_subtype_old_multirange;
ALTER TYPE app.by_subtype_multirange RENAME TO by_subtype_old_multirange;
ALTER TYPE app.by_subtype RENAME TO by_subtype_old;

CREATE TYPE app.by_subtype AS RANGE (SUBTYPE = integer);
COMMENT ON TYPE app.by_subtype IS 'spans';

CREATE TYPE app.gone AS RANGE (SUBTYPE = date);

-- WARNING(may-fail): rows whose bounds do not fit range type app.by_subtype as it is to be make it fail
-- WARNING(rewrite): column public.t.stored follows its type: rewrites every row of the table under an exclusive lock
ALTER TABLE public.t ALTER COLUMN stored TYPE app.by_subtype USING stored::text::app.by_subtype;

DROP TYPE app.by_subtype_old;

-- WARNING(data-loss): drops column public.t.more and the data in it
ALTER TABLE public.t DROP COLUMN more;

DROP TYPE app.added_range;
