CREATE TABLE public.stock (
    id integer PRIMARY KEY,
    shelf integer DEFAULT 7,
    amount bigint DEFAULT 0 NOT NULL,
    lost bigint DEFAULT -1,
    label character varying(20) DEFAULT 'none',
    seen timestamp DEFAULT now(),
    marks bigint[] DEFAULT '{}'
);
CREATE INDEX stock_amount_idx ON public.stock (amount) WHERE amount > 0;
CREATE INDEX stock_next_idx ON public.stock ((shelf + 1));
CREATE INDEX stock_label_idx ON public.stock (label) WHERE label = 'none';
CREATE INDEX stock_shelf_idx ON public.stock (id) WHERE shelf IN (1, 2);
