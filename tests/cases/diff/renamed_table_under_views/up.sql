ALTER TABLE public.product RENAME TO article;
ALTER TABLE public.article RENAME CONSTRAINT product_pkey TO article_pkey;
