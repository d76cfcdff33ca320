CREATE VIEW public.comes WITH (security_barrier=false) AS
SELECT 1 AS a;

-- WARNING(access): view public.is_on: which rows functions of its users see changes
-- WARNING(access): view public.is_on: whose privileges count changes
ALTER VIEW public.is_on RESET (security_barrier, security_invoker, check_option);

ALTER VIEW public.is_on SET (security_invoker=true, security_barrier=false);

ALTER VIEW public."none" SET (security_barrier=false);

ALTER VIEW public.off RESET (security_barrier, security_invoker);
ALTER VIEW public.off SET (security_invoker=false);
