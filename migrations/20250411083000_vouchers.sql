-- Description: Customers may pay with a voucher
-- Created: 2025-04-11 08:30:00 UTC

-- Up Migration
ALTER TYPE payment_method ADD VALUE 'voucher' BEFORE 'cash';

-- Down Migration
-- A label cannot be taken out of an enum: the type is built anew, and what was paid by voucher counts as cash.
ALTER TYPE payment_method RENAME TO payment_method_old;
CREATE TYPE payment_method AS ENUM ('card', 'transfer', 'cash');
ALTER TABLE payments ALTER COLUMN method TYPE payment_method
  USING (CASE method::text WHEN 'voucher' THEN 'cash' ELSE method::text END)::payment_method;
DROP TYPE payment_method_old;
