// Placeholders, which a tool replaces by values before it sends the SQL: ${name}, :NAME, {{.name}}, and psql's :'name'.
// goose's ENVSUB is in envsub.h.
#pragma once
#include <functional>
#include <map>
#include <optional>

#include "core/base/text.h"

namespace quoin {

/// How a tool spells its placeholders.
enum class Placeholders { braces, colon, mustache, psql };

/// The value of each placeholder, by its bare name.
using Variables = std::map<Text, Text, std::less<>>;

/// Gives the value of an environment variable; no value: it is not set.
using Environment = std::function<std::optional<Text>(const Text& name)>;
/// The environment of this process.
std::optional<Text> environment_of_process(const Text& name);

/// The SQL with every placeholder that has a value replaced by it, in strings, bodies and comments too, as the tools
/// do; those of `psql` only outside of them. Placeholders in values are not replaced.
Text filled(std::string_view sql, Placeholders, const Variables&);

/// The values that the tools' own settings give, in the folder or in the one above it: `[flyway.placeholders]` of
/// flyway.toml, `flyway.placeholders.x` of flyway.conf, "placeholders" of .gmrc, `[data]` of tern.conf. Throws
/// Error(Code::input) for a file that cannot be read.
Variables flyway_placeholders(const Text& folder);
Variables graphile_placeholders(const Text& folder);
Variables tern_placeholders(const Text& folder);
/// All of liquibase.properties, in the folder or above it.
Variables liquibase_properties(const Text& folder);
/// The `key = value`, or in a properties file `key: value`, lines of a TOML or properties file; of TOML the keys carry
/// the section's name, as "flyway.url".
Variables settings_of_file(const Text& file);

}  // namespace quoin
