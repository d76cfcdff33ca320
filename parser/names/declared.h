// The types and relations that PL/pgSQL's DECLARE sections name; libpg_query, which has no catalog, cannot parse them.
#pragma once
#include "core/base/text.h"

namespace quoin {

struct Declarations {
  Text body;       // with `record` in place of these types, so that libpg_query can parse it
  List types;      // as written: app.mood, tidy, numeric(10,2)[]
  List relations;  // of name%ROWTYPE
  List columns;    // of relation.name%TYPE
};
/// Reads the body of a routine, whatever its language: what is no declaration is left as it is.
Declarations declarations(std::string_view body);

}  // namespace quoin
