ALTER TABLE public.person DROP CONSTRAINT person_address_id_fkey;
ALTER TABLE public.person ADD COLUMN street text;
ALTER TABLE public.person ADD COLUMN town text;

CREATE OR REPLACE VIEW public.in_town AS
SELECT person.id,
    person.town
   FROM public.person;

-- WARNING(data-loss): drops column public.person.address_id and the data in it
ALTER TABLE public.person DROP COLUMN address_id;

-- WARNING(data-loss): drops table public.place and the data in it
DROP TABLE public.place;
