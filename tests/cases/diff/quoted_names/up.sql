CREATE SCHEMA "My Schema";

CREATE TABLE "My Schema"."Order" (
    "Select" integer NOT NULL,
    "a""b" text DEFAULT 'x\y'::text,
    CONSTRAINT "Order_pkey" PRIMARY KEY ("Select")
);

CREATE INDEX "Weird Index" ON "My Schema"."Order" ("a""b");
