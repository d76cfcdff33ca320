// What the DECLARE sections of PL/pgSQL name: types that only a catalog can tell.
#pragma once
#include "core/base/text.h"

namespace quoin {

struct Declarations {
  Text body;       // with such types taken for `record`, which libpg_query can read without a catalog
  List types;      // as written: app.mood, tidy, numeric(10,2)[]
  List relations;  // of name%ROWTYPE
  List columns;    // of relation.name%TYPE
};
/// Reads any text; what is no declaration is left as it is.
Declarations declarations(std::string_view body);

}  // namespace quoin
