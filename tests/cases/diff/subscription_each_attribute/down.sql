COMMENT ON SUBSCRIPTION by_comment IS NULL;

-- WARNING(data-loss): drops subscription by_two_phase and its connection, which quoin does not know; its slot stays with the publisher: drop that by hand
COMMENT ON SUBSCRIPTION by_two_phase IS NULL;
ALTER SUBSCRIPTION by_two_phase DISABLE;
ALTER SUBSCRIPTION by_two_phase SET (slot_name = NONE);
DROP SUBSCRIPTION by_two_phase;

-- WARNING(data-loss): drops subscription created and its connection, which quoin does not know; its slot stays with the publisher: drop that by hand
COMMENT ON SUBSCRIPTION created IS NULL;
ALTER SUBSCRIPTION created DISABLE;
ALTER SUBSCRIPTION created SET (slot_name = NONE);
DROP SUBSCRIPTION created;

ALTER SUBSCRIPTION by_binary SET (binary = false);

ALTER SUBSCRIPTION by_disable_on_error SET (disable_on_error = false);

ALTER SUBSCRIPTION by_no_slot SET (slot_name = 'by_no_slot');

ALTER SUBSCRIPTION by_publications SET PUBLICATION one, two WITH (refresh = false);

ALTER SUBSCRIPTION by_slot_name SET (slot_name = 'by_slot_name');

ALTER SUBSCRIPTION by_streaming SET (streaming = 'on');

ALTER SUBSCRIPTION by_synchronous_commit SET (synchronous_commit = 'off');

-- WARNING(secret): subscription by_two_phase gets no connection: set that by hand, make its slot and enable it, for quoin writes no secrets and talks to no publisher
CREATE SUBSCRIPTION by_two_phase CONNECTION 'host=set.by.hand.invalid' PUBLICATION one WITH (connect = false, slot_name = 'by_two_phase');

-- WARNING(secret): subscription dropped gets no connection: set that by hand, make its slot and enable it, for quoin writes no secrets and talks to no publisher
CREATE SUBSCRIPTION dropped CONNECTION 'host=set.by.hand.invalid' PUBLICATION one WITH (connect = false, slot_name = 'dropped');
