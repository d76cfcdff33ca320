ALTER TABLE app.seen DROP CONSTRAINT of_event;

CREATE TABLE app.event (
    id integer NOT NULL,
    CONSTRAINT event_pkey PRIMARY KEY (id)
) PARTITION BY LIST (id);

ALTER TABLE public.event DETACH PARTITION app.few;

-- WARNING(may-fail): table app.few: fails where a row is not within its bound
ALTER TABLE app.event ATTACH PARTITION app.few FOR VALUES IN (1, 2);

ALTER TABLE public.event DETACH PARTITION app.rest;

-- WARNING(may-fail): table app.rest: fails where a row is not within its bound
ALTER TABLE app.event ATTACH PARTITION app.rest DEFAULT;

-- WARNING(may-fail): foreign key app.seen.of_event: fails where a row refers to none
ALTER TABLE app.seen ADD CONSTRAINT of_event FOREIGN KEY (event) REFERENCES app.event (id);

-- WARNING(data-loss): drops table public.event and the data in it
-- WARNING(data-loss): drops the partitions of table public.event with it, and the rows in them
DROP TABLE public.event;
