CREATE FUNCTION public.slug(t text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower(t)';
CREATE FUNCTION public.unused(t text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower(t)';
CREATE TABLE public.page (title text DEFAULT public.slug('New'), slug text GENERATED ALWAYS AS (public.slug(title)) STORED,
  CONSTRAINT page_title CHECK (public.slug(title) <> ''));
CREATE INDEX page_slug_idx ON public.page (public.slug(title));
