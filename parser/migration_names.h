// What the name of a migration's file or folder says.
#pragma once
#include "base/text.h"

namespace quoin::migration_names {

enum class Form { plain, up, down, flyway, flyway_undo, flyway_repeatable };

struct Parts {
  Text version, name;
  Form form = Form::plain;
};
/// Of a path whose last part is "20250106_090000_catalogue.sql", "0007_add-x.up.sql", "V1.2__x.sql", "0001_init" (a
/// folder).
Parts parts_of(const Text& path);

}  // namespace quoin::migration_names
