// Places for values that a tool fills in before a server sees the SQL: ${name}, :NAME, {{.name}}, :'name' of psql.
#pragma once
#include <map>

#include "core/base/text.h"

namespace quoin {

/// How a tool spells them.
enum class Placeholders { braces, colon, mustache, psql };

/// What each stands for, by its bare name.
using Variables = std::map<Text, Text, std::less<>>;

/// With every place of a known name filled in, in strings, bodies and comments too, as the tools do; as psql does only
/// outside of them. Values are not looked at again.
Text filled(std::string_view sql, Placeholders, const Variables&);

/// What the tools' own settings in the folder, or in the one above it, say: `[flyway.placeholders]` of flyway.toml,
/// `flyway.placeholders.x` of flyway.conf, "placeholders" of .gmrc, `[data]` of tern.conf. Throws Error(Code::input)
/// for a file that cannot be read as what it is.
Variables flyway_placeholders(const Text& folder);
Variables graphile_placeholders(const Text& folder);
Variables tern_placeholders(const Text& folder);

}  // namespace quoin
