ALTER DOMAIN public.d SET DEFAULT 'x'::text;

-- WARNING(may-fail): rows that hold null in domain public.d make it fail
ALTER DOMAIN public.d SET NOT NULL;

-- WARNING(may-fail): values that break domain constraint public.d.short make it fail
ALTER DOMAIN public.d ADD CONSTRAINT short CHECK (length(VALUE) < 10);
