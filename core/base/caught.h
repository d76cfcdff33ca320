// What was thrown, whatever it is, as an Error.
#pragma once
#include <exception>

#include "core/base/error.h"
#include "core/base/text.h"

namespace quoin {

/// An Error as it is; what a file system refuses with the path; anything else as a mistake of quoin's own.
Error error_of(const std::exception_ptr&);

}  // namespace quoin
