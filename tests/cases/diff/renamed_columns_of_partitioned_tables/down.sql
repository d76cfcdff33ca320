ALTER INDEX public.m1_day_u_idx RENAME TO m1_at_u_idx;

ALTER TABLE public.m RENAME COLUMN day TO at;
ALTER TABLE public.m RENAME COLUMN key TO id;

ALTER TABLE public.h RENAME COLUMN first TO a;

DROP INDEX public.h1_a;
ALTER TABLE public.h1 DROP CONSTRAINT h_check;

DROP INDEX public.m1_at_u_idx;
ALTER TABLE public.m1 DROP CONSTRAINT m1_pkey;

-- WARNING(may-fail): check public.h1.h_check: fails where a row breaks it
ALTER TABLE public.h1 ADD CONSTRAINT h_check CHECK (a > b);

CREATE INDEX h1_a ON public.h1 (a);

-- WARNING(may-fail): primary key public.m1.m1_pkey: fails where rows share a key or hold null in it
ALTER TABLE public.m1 ADD CONSTRAINT m1_pkey PRIMARY KEY (id);

ALTER INDEX public.m_pkey ATTACH PARTITION public.m1_pkey;
CREATE INDEX m1_at_u_idx ON public.m1 (at) INCLUDE (u);
ALTER INDEX public.m_at ATTACH PARTITION public.m1_at_u_idx;

-- WARNING(data-loss): drops column public.h1.first and the data in it
ALTER TABLE public.h1 DROP COLUMN first;

-- WARNING(data-loss): drops column public.m1.day and the data in it
ALTER TABLE public.m1 DROP COLUMN day;

-- WARNING(data-loss): drops column public.m1.key and the data in it
ALTER TABLE public.m1 DROP COLUMN key;
