// Turns any exception into an Error.
#pragma once
#include <exception>

#include "core/base/error.h"
#include "core/base/text.h"

namespace quoin {

/// The exception as an Error: an Error as it is, a filesystem_error with its path, any other as Code::internal.
Error error_of(const std::exception_ptr&);

}  // namespace quoin
