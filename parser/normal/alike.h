// Whether a text that a server shows may stand for a text that a person wrote.
#pragma once
#include "parser/names/fragment.h"

namespace quoin {

/// True if `read`, which a server shows, may be what it made of `written`: the two differ in nothing but what a server
/// adds by itself (casts, the relation of a column, numbers that tell equal aliases apart, column names of a function).
/// Both are in normal form. They may still differ in a cast, which only a server can tell.
bool may_be_made_of(Role, std::string_view read, std::string_view written);

}  // namespace quoin
