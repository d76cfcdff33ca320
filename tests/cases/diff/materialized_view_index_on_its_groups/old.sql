CREATE TABLE public.sale (shop integer, day date, amount numeric);
CREATE MATERIALIZED VIEW public.per_day AS SELECT shop, day, sum(amount) AS total FROM public.sale GROUP BY shop, day;
CREATE MATERIALIZED VIEW public.per_shop AS SELECT s.shop AS number, count(*) AS sales FROM public.sale s GROUP BY 1;
