-- WARNING(access): takes the right to grant SELECT on table public.wages from role chief
REVOKE GRANT OPTION FOR SELECT ON TABLE public.wages FROM chief CASCADE;

-- WARNING(access): gives the right to grant INSERT on table public.wages to role chief
GRANT INSERT ON TABLE public.wages TO chief WITH GRANT OPTION;

-- WARNING(access): gives SELECT on table public.wages to role clerk
GRANT SELECT ON TABLE public.wages TO clerk;
