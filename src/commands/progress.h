// The line on a terminal that says what a command is doing, once that takes more than two seconds.
#pragma once
#include <optional>

#include "core/base/text.h"

namespace quoin {

namespace progress {
/// Between begin() and the end() that belongs to it, the last line of stderr says what is being done and for how long:
/// "proving on PostgreSQL 15 (7 s)". Where several are open, the innermost is shown.
void begin(Text what);
void end();
/// Adds to the innermost how far it is: "[####......] 41 % CREATE INDEX: building index". False: none is open.
bool advance(Text what, std::optional<double> share);
}  // namespace progress

/// While it lives, the line is not shown, so that other output stands alone.
class WithoutProgress {
 public:
  WithoutProgress();
  WithoutProgress(const WithoutProgress&) = delete;
  WithoutProgress& operator=(const WithoutProgress&) = delete;
  ~WithoutProgress();
};

}  // namespace quoin
