-- WARNING(data-loss): drops table public.visit_rest and the data in it
DROP TABLE public.visit_rest;

-- WARNING(may-fail): foreign key public.bill.bill_day_fkey: fails where a row refers to none
ALTER TABLE public.bill ADD CONSTRAINT bill_day_fkey FOREIGN KEY (day) REFERENCES public.visit (day);
