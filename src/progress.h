// What a command is doing, on a terminal, once it takes more than two seconds.
#pragma once
#include "command.h"

namespace quoin {

/// While it lives, stderr's last line says what is being done and for how long: "proving on PostgreSQL 15 (7 s)". The
/// innermost one is shown. Nothing is shown where stderr is no terminal, with --quiet and with --json.
class Progress {
 public:
  Progress(const Settings&, Text what);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();

 private:
  bool shown_;
};

/// While it lives, the line is away, so that what is written stands alone.
class WithoutProgress {
 public:
  WithoutProgress();
  WithoutProgress(const WithoutProgress&) = delete;
  WithoutProgress& operator=(const WithoutProgress&) = delete;
  ~WithoutProgress();
};

}  // namespace quoin
