// Notes about rows, which matter to a run of the statements, and not to the schema that they lead to.
#pragma once
#include <string_view>

namespace quoin {

/// How such a note of Effects::told begins.
inline constexpr std::string_view about_rows = "fails where this query finds no row";

}  // namespace quoin
