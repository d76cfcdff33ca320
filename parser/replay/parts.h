// The statements of a long script, some at a time, since the trees of all would take many times the script's size.
#pragma once
#include <future>

#include "core/sql/ast.h"

namespace quoin {

struct ScriptPart {
  ast::Tree tree;
  std::size_t begin = 0, size = 0;  // bytes of the script
  std::vector<Error> errors;        // of syntax, with their places in the part
};

/// Parses each part on another thread while the caller works on the one before.
class ScriptParts {
 public:
  explicit ScriptParts(std::string_view sql) : sql_(sql) {}
  std::optional<ScriptPart> next();  // no value: there are no more

 private:
  std::string_view sql_;
  std::size_t at_ = 0;
  std::future<ScriptPart> ahead_;
};

}  // namespace quoin
