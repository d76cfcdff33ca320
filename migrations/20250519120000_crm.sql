-- Description: Business customers and who talks to them
-- Created: 2025-05-19 12:00:00 UTC

-- Up Migration
CREATE SCHEMA crm;
COMMENT ON SCHEMA crm IS 'Relations with business customers';
CREATE TYPE crm.activity_kind AS ENUM ('call', 'mail', 'visit');

CREATE TABLE crm.companies (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text COLLATE "C" NOT NULL,
  vat_number text,
  main_contact_id integer,
  credit_limit money_amount,
  discount numeric(4,3) DEFAULT 0 NOT NULL,
  CONSTRAINT companies_vat_number_key UNIQUE (vat_number),
  CONSTRAINT companies_discount_check CHECK (discount >= 0 AND discount <= 0.5)
);

CREATE TABLE crm.contacts (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  company_id integer NOT NULL,
  customer_id bigint REFERENCES customers (id) ON DELETE SET NULL,
  name text NOT NULL,
  details contact_details,
  left_on date,
  CONSTRAINT contacts_id_company_id_key UNIQUE (id, company_id),
  CONSTRAINT contacts_company_id_fkey FOREIGN KEY (company_id) REFERENCES crm.companies (id) ON DELETE CASCADE
);
CREATE INDEX contacts_name_idx ON crm.contacts (name COLLATE "C" text_pattern_ops, company_id);

-- A company's main contact is one of its own people, so the two tables need each other.
ALTER TABLE crm.companies ADD CONSTRAINT companies_main_contact_id_fkey
  FOREIGN KEY (main_contact_id, id) REFERENCES crm.contacts (id, company_id)
  ON DELETE SET NULL (main_contact_id) DEFERRABLE INITIALLY DEFERRED;

CREATE TABLE crm.activities (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  contact_id integer NOT NULL REFERENCES crm.contacts (id) ON DELETE CASCADE,
  kind crm.activity_kind NOT NULL,
  subject text NOT NULL,
  starts_at timestamp with time zone NOT NULL,
  ends_at timestamp with time zone NOT NULL,
  done boolean DEFAULT false NOT NULL,
  CONSTRAINT activities_ends_at_check CHECK (ends_at > starts_at),
  CONSTRAINT activities_one_visit_at_a_time
    EXCLUDE USING gist (contact_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (kind = 'visit' AND NOT done)
);
COMMENT ON TABLE crm.activities IS 'Calls, mails and visits, planned and done';
CREATE INDEX activities_starts_at_idx ON crm.activities (starts_at) WHERE NOT done;

CREATE VIEW crm.agenda WITH (security_barrier = true) AS
  SELECT a.id, a.kind, a.subject, a.starts_at, a.ends_at, p.name AS contact, c.name AS company
    FROM crm.activities a
    JOIN crm.contacts p ON p.id = a.contact_id
    JOIN crm.companies c ON c.id = p.company_id
   WHERE NOT a.done;

-- Down Migration
DROP VIEW crm.agenda;
DROP TABLE crm.activities;
ALTER TABLE crm.companies DROP CONSTRAINT companies_main_contact_id_fkey;
DROP TABLE crm.contacts;
DROP TABLE crm.companies;
DROP TYPE crm.activity_kind;
DROP SCHEMA crm;
