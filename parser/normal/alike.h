// Whether what a server made of an expression may be what was written.
#pragma once
#include "parser/names/fragment.h"

namespace quoin {

/// Whether `read`, a server's words, may be what it made of `written`: the same but for what a server adds by itself
/// (casts, the relation of a column, numbers that tell equal aliases apart, names of columns of a function). Both in
/// normal form. What passes may still differ in a cast: only a server can tell.
bool may_be_made_of(Role, std::string_view read, std::string_view written);

}  // namespace quoin
