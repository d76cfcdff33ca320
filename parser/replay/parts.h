// A file's statements, a part of them at a time: to hold the trees of all would take many times the file's size.
#pragma once
#include <future>

#include "core/sql/ast.h"

namespace quoin {

struct Part {
  ast::Tree tree;
  std::size_t begin = 0, size = 0;  // bytes of the file
  std::vector<Error> errors;        // of syntax, with their places in the part
};

/// Each part is parsed on another thread while the one before is at work.
class Parts {
 public:
  explicit Parts(std::string_view sql) : sql_(sql) {}
  std::optional<Part> next();  // no value: there are no more

 private:
  std::string_view sql_;
  std::size_t at_ = 0;
  std::future<Part> ahead_;
};

}  // namespace quoin
