-- Which kind of type a name is tells its document by a key, which stands there though nothing is in it.
CREATE TYPE nothing_to_choose AS ENUM ();
CREATE TYPE nothing_in_it AS ();
