DROP VIEW public.comes;

-- WARNING(access): view public.is_on: which rows functions of its users see changes
-- WARNING(access): view public.is_on: whose privileges count changes
ALTER VIEW public.is_on RESET (security_invoker, security_barrier);

ALTER VIEW public.is_on SET (security_barrier=true, security_invoker=false, check_option=local);

ALTER VIEW public."none" RESET (security_barrier);

ALTER VIEW public.off RESET (security_invoker);
ALTER VIEW public.off SET (security_barrier=false, security_invoker=false);
