ALTER TABLE public.guest RENAME TO visitor;

ALTER TABLE public.invoice RENAME COLUMN old_number TO number;

ALTER TABLE public.ticket RENAME COLUMN old_number TO number;

ALTER SEQUENCE public.guest_id_seq RENAME TO visitor_id_seq;

ALTER SEQUENCE public.invoice_old_number_seq RENAME TO invoice_number_seq;

ALTER TABLE public.visitor RENAME CONSTRAINT guest_pkey TO visitor_pkey;

ALTER SEQUENCE public.room_before_number_seq RENAME TO room_number_seq;

ALTER SEQUENCE public.ticket_old_number_seq RENAME TO ticket_number_seq;
ALTER SEQUENCE public.ticket_number_seq AS bigint NO MAXVALUE;

-- WARNING(rewrite): column public.ticket.number from integer to bigint: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.ticket ALTER COLUMN number TYPE bigint;
