ALTER TYPE public.spot ADD ATTRIBUTE note text;

ALTER TABLE public.pin ALTER COLUMN at SET DEFAULT '(1,2,)'::public.spot;
CREATE INDEX pin_note_idx ON public.pin (((at).note));

CREATE OR REPLACE VIEW public.notes AS
SELECT pin.id,
    (pin.at).note AS note
   FROM public.pin;
