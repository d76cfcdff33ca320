-- WARNING(access): takes the right to grant INSERT on table public.wages from role chief
REVOKE GRANT OPTION FOR INSERT ON TABLE public.wages FROM chief CASCADE;

-- WARNING(access): gives the right to grant SELECT on table public.wages to role chief
GRANT SELECT ON TABLE public.wages TO chief WITH GRANT OPTION;

-- WARNING(access): takes SELECT on table public.wages from role clerk
REVOKE SELECT ON TABLE public.wages FROM clerk;

GRANT SELECT (name) ON TABLE public.wages TO clerk;
