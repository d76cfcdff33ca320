// The pages of docs/ that are written from what the program knows of itself.
#pragma once
#include "core/base/rule_name.h"
#include "core/base/text.h"

namespace quoin {

struct ManualPage {
  Text path, text;  // below docs/; Markdown
};

/// Everything that the command line knows, as one page.
Text reference_page();
/// The page of a rule, without its title: what it means, an example, what to do, and what to do where it is meant. With
/// `to_commands` the commands that tell of it are links, which begin so.
Text about_rule(RuleName, std::string_view to_commands = {});
/// reference.md, and a page a command and a rule.
std::vector<ManualPage> manual_pages();

}  // namespace quoin
