// quoin.yaml and the environment.
#pragma once
#include "project/settings.h"

namespace quoin {
/// Reads `file` (default: quoin.yaml in the working folder, if it is there), and the environment `name` in it. Unknown
/// keys are errors with line and nearest key. ${VAR} in values is taken from the environment.
Config read_config(const Text& file, const Text& name, const EnvVariables&);

struct SettingDoc {
  Text key, doc;
};
/// Every key that the file may have, with what it means.
std::vector<SettingDoc> setting_docs();
}  // namespace quoin
