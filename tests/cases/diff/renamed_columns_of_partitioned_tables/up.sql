ALTER TABLE public.h RENAME COLUMN a TO first;

ALTER TABLE public.m RENAME COLUMN id TO key;
ALTER TABLE public.m RENAME COLUMN at TO day;

ALTER INDEX public.m1_at_u_idx RENAME TO m1_day_u_idx;

DROP INDEX public.h1_a;
ALTER TABLE public.h1 DROP CONSTRAINT h_check;

DROP INDEX public.m1_day_u_idx;
ALTER TABLE public.m1 DROP CONSTRAINT m1_pkey;

-- WARNING(may-fail): check public.h1.h_check: fails where a row breaks it
ALTER TABLE public.h1 ADD CONSTRAINT h_check CHECK (first > b);

CREATE INDEX h1_a ON public.h1 (first);

-- WARNING(may-fail): primary key public.m1.m1_pkey: fails where rows share a key or hold null in it
ALTER TABLE public.m1 ADD CONSTRAINT m1_pkey PRIMARY KEY (key);

ALTER INDEX public.m_pkey ATTACH PARTITION public.m1_pkey;
CREATE INDEX m1_day_u_idx ON public.m1 (day) INCLUDE (u);
ALTER INDEX public.m_at ATTACH PARTITION public.m1_day_u_idx;

-- WARNING(data-loss): drops column public.h1.a and the data in it
ALTER TABLE public.h1 DROP COLUMN a;

-- WARNING(data-loss): drops column public.m1.at and the data in it
ALTER TABLE public.m1 DROP COLUMN at;

-- WARNING(data-loss): drops column public.m1.id and the data in it
ALTER TABLE public.m1 DROP COLUMN id;
