ALTER TABLE public.guest RENAME TO visitor;

ALTER TABLE public.room RENAME COLUMN old_number TO number;

ALTER SEQUENCE public.guest_number_seq RENAME TO visitor_number_seq;

ALTER TABLE public.visitor RENAME CONSTRAINT guest_pkey TO visitor_pkey;

ALTER SEQUENCE public.room_old_number_seq RENAME TO room_number_seq;

ALTER SEQUENCE public.guest_id_seq RENAME TO visitor_id_seq;
