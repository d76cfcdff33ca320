DROP INDEX public.per_day_key;
DROP INDEX public.per_day_total;

DROP INDEX public.per_shop_key;
