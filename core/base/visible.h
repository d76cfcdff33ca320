// Characters that end a line, turn the direction of writing or steer a terminal, shown by their number.
#pragma once
#include "core/base/text.h"

namespace quoin {

/// On one line: \n, \r and \t as such, other controls (of ASCII and Latin 1), what Unicode ends a line or turns the
/// direction with, and bytes that are no UTF-8 as \x1B.
Text visible(std::string_view text);
/// The same of a text whose lines and tabs stay; a CR before a line's end goes.
Text visible_lines(std::string_view text);

/// JSON text that says the same, with \u escapes for these characters where it holds them as they are.
Text visible_json(std::string_view json);

/// What a person reads of quoin, wherever that comes from (names, servers, files): without passwords, and as
/// visible_lines().
Text for_people(std::string_view text);
/// The same on one line, as visible(): a line break in a name begins no line of quoin's.
Text line_for_people(std::string_view text);

}  // namespace quoin
