-- WARNING(access): view public.barrier: which rows functions of its users see changes
ALTER VIEW public.barrier SET (security_barrier=true);

ALTER VIEW public.checked SET (check_option=cascaded);

-- WARNING(access): view public.invoker: whose privileges count changes
ALTER VIEW public.invoker SET (security_invoker=true);

ALTER VIEW public.invoker ALTER COLUMN id SET DEFAULT 8;

ALTER VIEW public.unchecked RESET (check_option);

ALTER MATERIALIZED VIEW public.stored SET (fillfactor=70);
