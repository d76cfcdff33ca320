\restrict aBc
SET check_function_bodies = false;
CREATE TABLE public.towns (
    id bigint NOT NULL,
    name text
);
COPY public.towns (id, name) FROM stdin;
1	It's a town
\.
ALTER TABLE ONLY public.towns ADD PRIMARY KEY (id);
\unrestrict aBc
