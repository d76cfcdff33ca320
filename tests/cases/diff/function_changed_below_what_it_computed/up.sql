-- WARNING(stale): function public.fold(text) has another body, and what was computed with the old one stays as it is: column public.page.slug, materialized view public.kept, index public.page.page_title; where results differ, compute them again
CREATE OR REPLACE FUNCTION public.fold(t text)
RETURNS text
LANGUAGE sql IMMUTABLE
AS $$SELECT upper(t)$$;
