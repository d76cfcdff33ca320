ALTER TABLE public.person ADD COLUMN address_id bigint;

CREATE TABLE public.place (
    id bigint NOT NULL,
    street text,
    town text,
    CONSTRAINT place_pkey PRIMARY KEY (id)
);

CREATE OR REPLACE VIEW public.in_town AS
SELECT person.id,
    place.town
   FROM (public.person
     JOIN public.place ON ((place.id = person.address_id)));

-- WARNING(may-fail): foreign key public.person.person_address_id_fkey: fails where a row refers to none
ALTER TABLE public.person ADD CONSTRAINT person_address_id_fkey FOREIGN KEY (address_id) REFERENCES public.place (id);

-- WARNING(data-loss): drops column public.person.street and the data in it
ALTER TABLE public.person DROP COLUMN street;

-- WARNING(data-loss): drops column public.person.town and the data in it
ALTER TABLE public.person DROP COLUMN town;
