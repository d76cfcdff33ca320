-- WARNING(data-loss): drops column public.orders.note and the data in it
ALTER TABLE public.orders DROP COLUMN note;

ALTER TABLE public.orders DETACH PARTITION public.orders_open;

-- WARNING(may-fail): table public.orders_open: fails where a row is not within its bound
ALTER TABLE public.orders ATTACH PARTITION public.orders_open FOR VALUES IN ('new', 'packed');

ALTER TABLE public.orders ADD COLUMN paid date;
