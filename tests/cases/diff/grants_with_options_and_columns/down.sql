-- WARNING(access): takes the right to grant SELECT on table public.wages from role chief
REVOKE GRANT OPTION FOR SELECT ON TABLE public.wages FROM chief CASCADE;

GRANT INSERT ON TABLE public.wages TO chief WITH GRANT OPTION;
GRANT SELECT ON TABLE public.wages TO clerk;
