ALTER TABLE depot.parcel DROP CONSTRAINT parcel_held;
ALTER TABLE depot.parcel DROP CONSTRAINT parcel_place;

-- WARNING(data-loss): drops column depot.parcel.lost and the data in it
ALTER TABLE depot.parcel DROP COLUMN lost;
