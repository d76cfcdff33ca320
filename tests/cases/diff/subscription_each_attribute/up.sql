-- WARNING(data-loss): drops subscription by_streaming and its connection, which quoin does not know
COMMENT ON SUBSCRIPTION by_streaming IS NULL;
ALTER SUBSCRIPTION by_streaming DISABLE;
ALTER SUBSCRIPTION by_streaming SET (slot_name = NONE);
DROP SUBSCRIPTION by_streaming;

-- WARNING(data-loss): drops subscription by_two_phase and its connection, which quoin does not know; its slot stays with the publisher: drop that by hand
COMMENT ON SUBSCRIPTION by_two_phase IS NULL;
ALTER SUBSCRIPTION by_two_phase DISABLE;
ALTER SUBSCRIPTION by_two_phase SET (slot_name = NONE);
DROP SUBSCRIPTION by_two_phase;

-- WARNING(data-loss): drops subscription dropped and its connection, which quoin does not know; its slot stays with the publisher: drop that by hand
COMMENT ON SUBSCRIPTION dropped IS NULL;
ALTER SUBSCRIPTION dropped DISABLE;
ALTER SUBSCRIPTION dropped SET (slot_name = NONE);
DROP SUBSCRIPTION dropped;

ALTER SUBSCRIPTION by_binary SET (binary = true);

ALTER SUBSCRIPTION by_disable_on_error SET (disable_on_error = true);

ALTER SUBSCRIPTION by_no_slot DISABLE;
ALTER SUBSCRIPTION by_no_slot SET (slot_name = NONE);

ALTER SUBSCRIPTION by_publications SET PUBLICATION two, "Three" WITH (refresh = false);

ALTER SUBSCRIPTION by_slot_name SET (slot_name = 'other');

-- WARNING(secret): subscription by_streaming gets no connection: set that by hand, make its slot and enable it, for quoin writes no secrets and talks to no publisher
CREATE SUBSCRIPTION by_streaming CONNECTION 'host=set.by.hand.invalid' PUBLICATION one WITH (connect = false, slot_name = NONE);

ALTER SUBSCRIPTION by_synchronous_commit SET (synchronous_commit = 'local');

-- WARNING(secret): subscription by_two_phase gets no connection: set that by hand, make its slot and enable it, for quoin writes no secrets and talks to no publisher
CREATE SUBSCRIPTION by_two_phase CONNECTION 'host=set.by.hand.invalid' PUBLICATION one WITH (connect = false, slot_name = 'by_two_phase', two_phase = true);

-- WARNING(secret): subscription created gets no connection: set that by hand, make its slot and enable it, for quoin writes no secrets and talks to no publisher
CREATE SUBSCRIPTION created CONNECTION 'host=set.by.hand.invalid' PUBLICATION one WITH (connect = false, slot_name = 'created');

COMMENT ON SUBSCRIPTION by_comment IS 'what comes';
