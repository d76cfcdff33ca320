#include "core/base/error.h"

namespace quoin {

std::string to_string(const Place& place) {
  if (place.file.empty() || place.line <= 0) return place.file;
  std::string text = place.file + ":" + std::to_string(place.line);
  if (place.column > 0) text += ":" + std::to_string(place.column);
  return text;
}

int exit_code(Code code) {
  switch (code) {
    case Code::refused:
      return 3;
    case Code::usage:
      return 64;
    case Code::input:
    case Code::database:
    case Code::internal:
      break;
  }
  return 2;
}

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::note:
      return "note";
    case Severity::warning:
      return "warning";
    case Severity::error:
      break;
  }
  return "error";
}

}  // namespace quoin
