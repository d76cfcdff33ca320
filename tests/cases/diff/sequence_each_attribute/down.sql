ALTER SEQUENCE public.cached CACHE 1;

ALTER SEQUENCE public.cycled NO CYCLE;

ALTER SEQUENCE public.owned OWNED BY NONE;

ALTER SEQUENCE public.started START WITH 5;

ALTER SEQUENCE public.stepped INCREMENT BY 1;

-- WARNING(may-fail): sequence public.turned: fails where it stands at a number that the new bounds leave out
ALTER SEQUENCE public.turned AS smallint INCREMENT BY 1 MINVALUE 1 NO MAXVALUE START WITH 1;

ALTER SEQUENCE public.typed AS bigint NO MAXVALUE;

ALTER TABLE public.cached_identity ALTER COLUMN id SET CACHE 1;

ALTER TABLE public.cycled_identity ALTER COLUMN id SET NO CYCLE;

ALTER TABLE public.holder ALTER COLUMN b SET GENERATED ALWAYS;

ALTER SEQUENCE public.numbers_of_ours RENAME TO named_identity_id_seq;

ALTER TABLE public.started_identity ALTER COLUMN id SET START WITH 1;
