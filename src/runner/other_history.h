// What another tool has run on a database.
#pragma once
#include "core/postgres/postgres.h"

namespace quoin::runner {

/// Tables in which other tools keep what they have run, ordered by name: "public.schema_migrations". That they are
/// there is all that is looked at.
List other_histories(postgres::Connection&);

}  // namespace quoin::runner
