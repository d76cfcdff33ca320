DROP INDEX public.by_used;

DROP COLLATION public.by_determinism;

DROP COLLATION public.by_letters;

DROP COLLATION public.by_provider;

DROP COLLATION public.by_sorting;

CREATE COLLATION app.added (PROVIDER = icu, LOCALE = 'de-u-co-phonebk');
COMMENT ON COLLATION app.added IS 'as in a phone book';

CREATE COLLATION public.by_determinism (PROVIDER = icu, LOCALE = 'und-u-ks-level2');

CREATE COLLATION public.by_letters (LC_COLLATE = 'C', LC_CTYPE = 'POSIX');

CREATE COLLATION public.by_provider (PROVIDER = icu, LOCALE = 'und');

CREATE COLLATION public.by_sorting (LC_COLLATE = 'POSIX', LC_CTYPE = 'C');

ALTER TABLE public.t ALTER COLUMN a TYPE text COLLATE app.used;

DROP COLLATION public.by_locale;
CREATE COLLATION public.by_locale (LOCALE = 'POSIX');
COMMENT ON COLLATION public.by_locale IS 'by bytes';

ALTER TABLE public.t ALTER COLUMN b TYPE text COLLATE app.added;

DROP COLLATION public.gone;

CREATE INDEX by_used ON public.t (c, a);
