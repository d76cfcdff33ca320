CREATE FUNCTION public.slug(t text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower(trim(t))';
CREATE FUNCTION public.unused(t text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower(trim(t))';
CREATE TABLE public.page (title text DEFAULT public.slug('New'), slug text GENERATED ALWAYS AS (public.slug(title)) STORED,
  CONSTRAINT page_title CHECK (public.slug(title) <> ''));
CREATE INDEX page_slug_idx ON public.page (public.slug(title));
CREATE INDEX page_named_idx ON public.page (title) WHERE public.slug(title) <> '';
CREATE DOMAIN public.slugged AS text CONSTRAINT slugged_check CHECK (value = public.slug(value));
CREATE MATERIALIZED VIEW public.slugs AS SELECT public.slug(title) AS slug FROM public.page;
ALTER TABLE public.page ADD CONSTRAINT page_slug_excl EXCLUDE USING btree (public.slug(title) WITH =);
