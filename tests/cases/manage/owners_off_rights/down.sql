-- WARNING(access): takes INSERT on table public.theirs from role boss
REVOKE INSERT ON TABLE public.theirs FROM boss;

-- WARNING(data-loss): drops column public.unsaid.more and the data in it
ALTER TABLE public.unsaid DROP COLUMN more;
