ALTER TABLE public.visitor RENAME CONSTRAINT visitor_pkey TO guest_pkey;

ALTER SEQUENCE public.visitor_number_seq RENAME TO guest_number_seq;

ALTER TABLE public.room RENAME COLUMN number TO old_number;

ALTER TABLE public.visitor RENAME TO guest;
ALTER SEQUENCE public.visitor_id_seq RENAME TO guest_id_seq;

ALTER SEQUENCE public.room_number_seq RENAME TO room_old_number_seq;
