DROP INDEX public.by_used;

DROP COLLATION public.by_determinism;

DROP COLLATION public.by_letters;

DROP COLLATION public.by_locale;

DROP COLLATION public.by_provider;

DROP COLLATION public.by_sorting;

CREATE COLLATION public.by_determinism (PROVIDER = icu, LOCALE = 'und-u-ks-level2', DETERMINISTIC = false);

CREATE COLLATION public.by_letters (LOCALE = 'C');

CREATE COLLATION public.by_locale (LOCALE = 'C');
COMMENT ON COLLATION public.by_locale IS 'by bytes';

CREATE COLLATION public.by_provider (LOCALE = 'C');

CREATE COLLATION public.by_sorting (LC_COLLATE = 'C', LC_CTYPE = 'POSIX');

CREATE COLLATION public.gone (LOCALE = 'C');

ALTER TABLE public.t ALTER COLUMN a TYPE text COLLATE public.by_locale,
    ALTER COLUMN b TYPE text COLLATE public.gone;

DROP COLLATION app.added;

CREATE INDEX by_used ON public.t (c, a COLLATE app.used);
