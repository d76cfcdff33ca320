DROP TRIGGER anew ON public.r;

ALTER TABLE public.r DETACH PARTITION public.joins;

ALTER TABLE public.r DETACH PARTITION public.moves;

CREATE TABLE public.goes PARTITION OF public.r FOR VALUES FROM (40) TO (50);

-- WARNING(may-fail): table public.leaves: fails where a row is not within its bound
ALTER TABLE public.r ATTACH PARTITION public.leaves FOR VALUES FROM (10) TO (20);

-- WARNING(may-fail): table public.moves: fails where a row is not within its bound
ALTER TABLE public.r ATTACH PARTITION public.moves FOR VALUES FROM (20) TO (30);

CREATE TRIGGER anew AFTER INSERT ON public.r FOR EACH ROW EXECUTE FUNCTION public.log();

ALTER TABLE public.goes DISABLE TRIGGER anew;

ALTER TABLE public.kept DISABLE TRIGGER anew;

ALTER TABLE public.moves_below ENABLE ALWAYS TRIGGER anew;

ALTER TABLE public.r ENABLE TRIGGER changes;

ALTER TABLE public.goes DISABLE TRIGGER changes;

ALTER TABLE public.kept DISABLE TRIGGER changes;

ALTER TABLE public.kept_below ENABLE ALWAYS TRIGGER changes;

ALTER TABLE public.leaves DISABLE TRIGGER changes;

ALTER TABLE public.leaves_below ENABLE REPLICA TRIGGER changes;

ALTER TABLE public.moves ENABLE REPLICA TRIGGER changes;

ALTER TABLE public.moves_below DISABLE TRIGGER changes;

CREATE TRIGGER gone AFTER INSERT ON public.r FOR EACH ROW EXECUTE FUNCTION public.log();

ALTER TABLE public.goes DISABLE TRIGGER gone;

ALTER TABLE public.kept DISABLE TRIGGER gone;

ALTER TABLE public.r ENABLE TRIGGER whole;
