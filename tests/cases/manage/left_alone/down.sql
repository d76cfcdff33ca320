DROP VIEW public.last_words;

CREATE VIEW public.last_words AS
SELECT u.name,
    a.told
   FROM (public.users u
     JOIN public.audit_log a ON ((a.user_id = u.id)));

-- WARNING(data-loss): drops column public.users.email and the data in it
ALTER TABLE public.users DROP COLUMN email;
