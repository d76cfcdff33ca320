ALTER INDEX public.m11_day_u_idx RENAME TO m11_at_u_idx;

ALTER INDEX public.m1_day_u_idx RENAME TO m1_at_u_idx;

ALTER TABLE public.m RENAME COLUMN day TO at;
ALTER TABLE public.m RENAME COLUMN key TO id;

ALTER TABLE public.h RENAME COLUMN first TO a;
