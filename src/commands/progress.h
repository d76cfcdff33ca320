// What a command is doing, on a terminal, once it takes more than two seconds.
#pragma once
#include "core/base/text.h"

namespace quoin {

namespace progress {
/// From here to the end that belongs to it, stderr's last line says what is being done and for how long: "proving on
/// PostgreSQL 15 (7 s)". Of several, the innermost is shown.
void begin(Text what);
void end();
}  // namespace progress

/// While it lives, the line is away, so that what is written stands alone.
class WithoutProgress {
 public:
  WithoutProgress();
  WithoutProgress(const WithoutProgress&) = delete;
  WithoutProgress& operator=(const WithoutProgress&) = delete;
  ~WithoutProgress();
};

}  // namespace quoin
