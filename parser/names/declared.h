// The types and relations in PL/pgSQL's DECLARE sections, which only a catalog can resolve.
#pragma once
#include "core/base/text.h"

namespace quoin {

struct Declarations {
  Text body;       // with `record` for such types, so that libpg_query can parse it without a catalog
  List types;      // as written: app.mood, tidy, numeric(10,2)[]
  List relations;  // of name%ROWTYPE
  List columns;    // of relation.name%TYPE
};
/// Reads any text; what is no declaration is left as it is.
Declarations declarations(std::string_view body);

}  // namespace quoin
