ALTER STATISTICS public.purchases_status_user_id_stat RENAME TO orders_state_user_id_stat;

ALTER TABLE public.purchases RENAME COLUMN status TO state;

ALTER TABLE public.purchases RENAME TO orders;
