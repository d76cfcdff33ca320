// Migrations folded into one baseline, which a new database begins with.
#pragma once
#include "project/settings.h"

namespace quoin {

enum class SquashedRows { kept, left_out };

struct SquashRequest {
  Text to;    // a version or label: up to and with it
  Text name;  // of the baseline: "baseline"
  SquashedRows rows = SquashedRows::kept;
  Text shadow;  // auto, or a server's URL; empty: as the settings say
};

struct Squash {
  Text file, text;             // the baseline, as it is to be written
  List replaced;               // files that are there
  std::size_t migrations = 0;  // for which it stands, without baselines among them
  Text why_rows;    // rows are written as they are, since the statements that brought them fail; empty: these are kept
  List uncompared;  // columns in which no two runs of the migrations agree
};

/// Builds both on the shadow server, and compares schema and rows. The statements that write rows come after all
/// others; where that brings other rows, the rows themselves are written. Throws Error(Code::refused), which names it,
/// for what the baseline cannot hold or does not come to, and where there is no such server; Error(Code::input) for an
/// unknown version. Writes nothing.
Squash squash(const SquashRequest&, const Settings&);

/// Writes the baseline, after which the files that it replaces run no more. Throws Error(Code::refused), and leaves no
/// file, where the folder read anew has other SQL in it than was proven.
void write_baseline(const Squash&, const Settings&);
/// Removes what it replaces. A call that was cut short may be made again.
void remove_replaced(const Squash&);

}  // namespace quoin
