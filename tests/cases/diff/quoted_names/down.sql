-- WARNING(data-loss): drops table "My Schema"."Order" and the data in it
DROP TABLE "My Schema"."Order";

DROP SCHEMA "My Schema";
