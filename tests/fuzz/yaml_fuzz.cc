// Any bytes as YAML: nothing may crash, and what is read without a finding is written, read and written the same.
#include <cstdlib>

#include "parser/yaml/yaml.h"

using namespace quoin;

namespace {
Schema read(const Text& text, Ids& ids, Findings& findings) {
  const YamlText file{"fuzz.yaml", text};
  return read_yaml({&file, 1}, ids, {"$user", "public"}, findings);
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  Ids ids;
  Findings findings;
  const Schema schema = read(Text(reinterpret_cast<const char*>(data), size), ids, findings);
  if (!findings.empty()) return 0;
  const Text written = write_yaml(schema);
  const Schema again = read(written, ids, findings);
  if (!findings.empty() || write_yaml(again) != written) std::abort();
  return 0;
}
