DROP VIEW public.known;

CREATE VIEW public.known AS
SELECT words.id,
    (words.word COLLATE "C") AS word
   FROM public.words;
