-- WARNING(body): bodies and clients find what extension citext brings only by its new schema from then on, or along the search_path
ALTER EXTENSION citext SET SCHEMA public;

-- WARNING(body): bodies and clients find what extension pg_trgm brings only by its new schema from then on, or along the search_path
ALTER EXTENSION pg_trgm SET SCHEMA public;

-- WARNING(data-loss): drops column tools.citext_words.language and the data in it
ALTER TABLE tools.citext_words DROP COLUMN language;
