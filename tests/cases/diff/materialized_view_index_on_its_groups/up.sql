CREATE UNIQUE INDEX per_day_key ON public.per_day (day, shop);

-- WARNING(may-fail): index public.per_day.per_day_total: fails where rows share a key
CREATE UNIQUE INDEX per_day_total ON public.per_day (day, total);

CREATE UNIQUE INDEX per_shop_key ON public.per_shop (number);
