// What makes a schema a target of its own, beside others of one database.
#pragma once
#include <string_view>

namespace quoin {

/// Behind the schema's name: the ledger of a schema that is a target.
inline constexpr std::string_view tenant_ledger = ".quoin_migrations";

}  // namespace quoin
