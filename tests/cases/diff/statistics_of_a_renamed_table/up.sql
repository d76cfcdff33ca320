ALTER TABLE public.orders RENAME TO purchases;
ALTER TABLE public.purchases RENAME COLUMN state TO status;

ALTER STATISTICS public.orders_state_user_id_stat RENAME TO purchases_status_user_id_stat;
