ALTER TABLE public.users ADD COLUMN email text;

CREATE OR REPLACE VIEW public.last_words AS
SELECT u.name,
    a.told,
    a.mood
   FROM (public.users u
     JOIN public.audit_log a ON ((a.user_id = u.id)));
