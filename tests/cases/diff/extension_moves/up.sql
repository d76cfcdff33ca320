-- WARNING(body): bodies and clients find what extension citext brings only by its new schema from then on, or along the search_path
ALTER EXTENSION citext SET SCHEMA tools;

-- WARNING(body): bodies and clients find what extension pg_trgm brings only by its new schema from then on, or along the search_path
ALTER EXTENSION pg_trgm SET SCHEMA tools;

ALTER TABLE tools.citext_words ADD COLUMN language tools.citext;
