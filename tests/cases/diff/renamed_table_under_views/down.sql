ALTER TABLE public.article RENAME CONSTRAINT article_pkey TO product_pkey;

ALTER TABLE public.article RENAME TO product;
