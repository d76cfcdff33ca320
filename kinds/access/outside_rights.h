// Rights on members of extensions, and on what initdb has made.
#pragma once
#include "core/base/text.h"

namespace quoin {

/// SELECT with `name` and `what` of objects without a kind (kinds/database/opaque.h): one for each whose rights
/// are not those that initdb, or CREATE EXTENSION, has given (pg_init_privs), and one for each language of initdb that
/// has another owner.
Text outside_rights();

}  // namespace quoin
