-- WARNING(access): view public.barrier: which rows functions of its users see changes
ALTER VIEW public.barrier RESET (security_barrier);

ALTER VIEW public.checked RESET (check_option);

-- WARNING(access): view public.invoker: whose privileges count changes
ALTER VIEW public.invoker RESET (security_invoker);

ALTER VIEW public.invoker ALTER COLUMN id SET DEFAULT 7;

ALTER VIEW public.unchecked SET (check_option=local);

ALTER MATERIALIZED VIEW public.stored RESET (fillfactor);
