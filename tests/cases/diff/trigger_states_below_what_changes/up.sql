DROP TRIGGER anew ON public.r;
DROP TRIGGER gone ON public.r;

ALTER TABLE public.r DETACH PARTITION public.leaves;

ALTER TABLE public.r DETACH PARTITION public.moves;

CREATE TRIGGER anew AFTER UPDATE ON public.r FOR EACH ROW EXECUTE FUNCTION public.log();

ALTER TABLE public.kept DISABLE TRIGGER anew;

ALTER TABLE public.r DISABLE TRIGGER whole;

-- WARNING(data-loss): drops table public.goes and the data in it
DROP TABLE public.goes;

-- WARNING(may-fail): table public.joins: fails where a row is not within its bound
ALTER TABLE public.r ATTACH PARTITION public.joins FOR VALUES FROM (60) TO (70);

-- WARNING(may-fail): table public.moves: fails where a row is not within its bound
ALTER TABLE public.r ATTACH PARTITION public.moves FOR VALUES FROM (20) TO (35);

ALTER TABLE public.moves_below ENABLE ALWAYS TRIGGER anew;

ALTER TABLE public.r ENABLE ALWAYS TRIGGER changes;

ALTER TABLE public.joins DISABLE TRIGGER changes;

ALTER TABLE public.kept DISABLE TRIGGER changes;

ALTER TABLE public.kept_below ENABLE ALWAYS TRIGGER changes;

ALTER TABLE public.moves ENABLE REPLICA TRIGGER changes;

ALTER TABLE public.moves_below DISABLE TRIGGER changes;
