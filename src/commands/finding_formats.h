// Findings in the forms that code hosts and CI systems read.
#pragma once
#include <nlohmann/json_fwd.hpp>

#include "core/base/error.h"
#include "core/base/text.h"

namespace quoin {

/// The files that were checked, and the findings in them.
struct Judged {
  List files;
  Findings findings;
};

/// One form: `github` (workflow commands, which annotate a pull request), `sarif` (SARIF 2.1.0), `gitlab` (Code
/// Quality), `junit` (a test case a file, which fails by its errors and warnings). All without passwords.
struct FindingFormat {
  const char* name;
  Text (*write)(const Judged&);
};
/// Null where there is none of that name.
const FindingFormat* finding_format(std::string_view name);
List finding_format_names();

// Places and findings as --json has them.
nlohmann::ordered_json json_of(const Place&);
nlohmann::ordered_json json_of(const Findings&);

}  // namespace quoin
