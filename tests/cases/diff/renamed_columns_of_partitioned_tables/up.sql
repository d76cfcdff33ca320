ALTER TABLE public.h RENAME COLUMN a TO first;

ALTER TABLE public.m RENAME COLUMN id TO key;
ALTER TABLE public.m RENAME COLUMN at TO day;

ALTER INDEX public.m1_at_u_idx RENAME TO m1_day_u_idx;

ALTER INDEX public.m11_at_u_idx RENAME TO m11_day_u_idx;
