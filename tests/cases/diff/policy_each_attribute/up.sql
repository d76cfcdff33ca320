-- WARNING(access): makes anew policy public.base.by_command: who may see and write which rows changes
DROP POLICY by_command ON public.base;

-- WARNING(access): makes anew policy public.base.by_kind: who may see and write which rows changes
DROP POLICY by_kind ON public.base;

-- WARNING(access): makes anew policy public.base.without_check: who may see and write which rows changes
DROP POLICY without_check ON public.base;

-- WARNING(access): alters policy public.base.by_check: who may see and write which rows changes
ALTER POLICY by_check ON public.base TO PUBLIC USING (true) WITH CHECK (id > 1);

CREATE POLICY by_command ON public.base FOR DELETE TO PUBLIC USING (id > 0);
CREATE POLICY by_kind ON public.base AS RESTRICTIVE FOR ALL TO PUBLIC USING (id > 0);

-- WARNING(access): alters policy public.base.by_roles: who may see and write which rows changes
ALTER POLICY by_roles ON public.base TO pg_monitor USING (id > 0);

-- WARNING(access): alters policy public.base.by_using: who may see and write which rows changes
ALTER POLICY by_using ON public.base TO PUBLIC USING (id > 1);

CREATE POLICY without_check ON public.base FOR ALL TO PUBLIC USING (true);
