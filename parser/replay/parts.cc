#include "parser/replay/parts.h"

#include "core/sql/first_statements.h"

namespace quoin {

namespace {
ScriptPart part_from(std::string_view sql, std::size_t begin) {
  constexpr std::size_t enough = 32768;
  const std::string_view rest = sql.substr(begin);
  ScriptPart part{{}, begin, ast::first_statements(rest, enough), {}};
  part.tree = ast::Tree::parse_all(rest.substr(0, part.size), part.errors);
  if (part.errors.empty() || part.size == rest.size()) return part;
  // The error may come from a wrong guess of where the part ends.
  part.errors.clear();
  part.size = rest.size();
  part.tree = ast::Tree::parse_all(rest, part.errors);
  return part;
}
}  // namespace

std::optional<ScriptPart> ScriptParts::next() {
  if (at_ == sql_.size()) return std::nullopt;
  ScriptPart part = ahead_.valid() ? ahead_.get() : part_from(sql_, at_);
  at_ += part.size;
  if (at_ < sql_.size()) ahead_ = std::async(std::launch::async, part_from, sql_, at_);
  return part;
}

}  // namespace quoin
