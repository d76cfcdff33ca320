-- WARNING(stale): function public.slug(text) has another body, and what was computed with the old one stays as it is: domain constraint public.slugged.slugged_check, column public.page.slug, check public.page.page_title, exclusion public.page.page_slug_excl, materialized view public.slugs, index public.page.page_named_idx, index public.page.page_slug_idx; where results differ, compute them again
CREATE OR REPLACE FUNCTION public.slug(t text)
RETURNS text
LANGUAGE sql IMMUTABLE
AS $$SELECT lower(t)$$;

CREATE OR REPLACE FUNCTION public.unused(t text)
RETURNS text
LANGUAGE sql IMMUTABLE
AS $$SELECT lower(t)$$;
