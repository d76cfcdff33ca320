SET search_path = depot, public;
ALTER TABLE depot.parcel ADD COLUMN lost boolean DEFAULT depot.is_free('a'::text);
RESET search_path;

-- WARNING(may-fail): check depot.parcel.parcel_held: fails where a row breaks it
SET search_path = depot, public;
ALTER TABLE depot.parcel ADD CONSTRAINT parcel_held CHECK (NOT depot.is_free(place));
RESET search_path;

-- WARNING(may-fail): check depot.parcel.parcel_place: fails where a row breaks it
SET search_path = depot, public;
ALTER TABLE depot.parcel ADD CONSTRAINT parcel_place CHECK (depot.is_shelf(place));
RESET search_path;
