DROP POLICY own ON public.wages;

DROP FUNCTION public.may_see(text);

-- WARNING(access): function public.may_see(text) is another, and decides who may see and write which rows, by policy public.wages.own
CREATE FUNCTION public.may_see(who text)
RETURNS boolean
LANGUAGE sql STABLE
AS $$select who = 'ann'$$;

-- WARNING(access): makes anew, around another routine, policy public.wages.own: who may see and write which rows changes
CREATE POLICY own ON public.wages FOR ALL TO PUBLIC USING (public.may_see(name));
