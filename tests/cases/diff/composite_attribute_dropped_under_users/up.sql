DROP INDEX public.pin_note_idx;
ALTER TABLE public.pin ALTER COLUMN at DROP DEFAULT;

CREATE OR REPLACE VIEW public.notes AS
SELECT pin.id,
    NULL::text AS note
   FROM public.pin;

-- WARNING(data-loss): what note of composite type public.spot holds is lost
ALTER TYPE public.spot DROP ATTRIBUTE note;

ALTER TABLE public.pin ALTER COLUMN at SET DEFAULT '(1,2)'::public.spot;
