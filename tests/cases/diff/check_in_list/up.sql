-- WARNING(may-fail): check public.t.t_s_check: fails where a row breaks it
ALTER TABLE public.t ADD CONSTRAINT t_s_check CHECK (s = ANY (ARRAY['a'::text, 'b'::text]));
