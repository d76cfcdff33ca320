DROP VIEW public.known;

CREATE VIEW public.known AS
SELECT words.id,
    words.word
   FROM public.words;
