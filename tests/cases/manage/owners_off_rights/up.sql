-- WARNING(access): gives INSERT on table public.theirs to role boss
GRANT INSERT ON TABLE public.theirs TO boss;

ALTER TABLE public.unsaid ADD COLUMN more integer;
