ALTER SEQUENCE public.ticket_number_seq RENAME TO ticket_old_number_seq;

ALTER SEQUENCE public.room_number_seq RENAME TO room_before_number_seq;

ALTER TABLE public.visitor RENAME CONSTRAINT visitor_pkey TO guest_pkey;

ALTER SEQUENCE public.invoice_number_seq RENAME TO invoice_old_number_seq;

ALTER SEQUENCE public.visitor_id_seq RENAME TO guest_id_seq;

ALTER TABLE public.ticket RENAME COLUMN number TO old_number;

ALTER TABLE public.invoice RENAME COLUMN number TO old_number;

ALTER TABLE public.visitor RENAME TO guest;

-- WARNING(may-fail): sequence public.ticket_old_number_seq: fails where it stands at a number that the new bounds leave out
ALTER SEQUENCE public.ticket_old_number_seq AS integer NO MAXVALUE;

-- WARNING(may-fail): column public.ticket.old_number from bigint to integer: fails where a value does not fit
-- WARNING(rewrite): column public.ticket.old_number from bigint to integer: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.ticket ALTER COLUMN old_number TYPE integer;
