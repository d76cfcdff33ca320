// Placeholders, for which a tool puts values before a server sees the SQL: ${name}, :NAME, {{.name}}, and psql's
// :'name'. What goose's ENVSUB does is in envsub.h.
#pragma once
#include <functional>
#include <map>
#include <optional>

#include "core/base/text.h"

namespace quoin {

/// How a tool spells its placeholders.
enum class Placeholders { braces, colon, mustache, psql };

/// What each stands for, by its bare name.
using Variables = std::map<Text, Text, std::less<>>;

/// Where values of the environment are found; no value: the variable is not set.
using Environment = std::function<std::optional<Text>(const Text& name)>;
/// The environment of this process.
std::optional<Text> environment_of_process(const Text& name);

/// The SQL with every placeholder of a known name replaced, in strings, bodies and comments too, as the tools do;
/// `psql` only outside of them. Values are not searched again.
Text filled(std::string_view sql, Placeholders, const Variables&);

/// The values that the tools' own settings give, in the folder or in the one above it: `[flyway.placeholders]` of
/// flyway.toml, `flyway.placeholders.x` of flyway.conf, "placeholders" of .gmrc, `[data]` of tern.conf. Throws
/// Error(Code::input) for a file that cannot be read.
Variables flyway_placeholders(const Text& folder);
Variables graphile_placeholders(const Text& folder);
Variables tern_placeholders(const Text& folder);

}  // namespace quoin
