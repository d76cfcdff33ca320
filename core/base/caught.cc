#include "core/base/caught.h"

#include <filesystem>

namespace quoin {

Error error_of(const std::exception_ptr& thrown) {
  try {
    std::rethrow_exception(thrown);
  } catch (const Error& error) { return error; } catch (const std::filesystem::filesystem_error& error) {
    return {Code::input,
            concat(error.path1().string(), " cannot be used: ", error.code().message()),
            {},
            "look at its rights, and at those of the folder that it lies in"};
  } catch (const std::exception& error) {
    return {Code::internal,
            concat("quoin met something it did not foresee: ", error.what()),
            {},
            "this is a mistake of quoin's own; please report it with the command and its input"};
  }
}

}  // namespace quoin
