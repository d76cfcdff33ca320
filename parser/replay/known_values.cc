#include "parser/replay/known_values.h"

#include "core/base/error.h"
#include "core/sql/print.h"

namespace quoin {

std::string_view query_of(ast::Node expression) {
  return expression.has("PLpgSQL_expr") ? expression["PLpgSQL_expr"]["query"].text() : expression["query"].text();
}

namespace {
/// As print_type() has it: "integer" for int4; empty: none that is known.
Text type_named(ast::Node variable) {
  const ast::Node type =
      variable["datatype"].has("PLpgSQL_type") ? variable["datatype"]["PLpgSQL_type"] : variable["datatype"];
  const std::string_view written = type["typname"].text();
  if (written.empty() || written.find('%') != std::string_view::npos) return {};
  try {
    return ast::print_type(ast::Tree::parse_type(written).root());
  } catch (const Error&) { return {}; }  // more than a type's name
}
}  // namespace

void KnownValues::declare(ast::Node function) {
  variables_.clear();
  begins_.clear();
  for (ast::Node datum : function["datums"]) {
    const ast::Node field = datum.has("PLpgSQL_recfield") ? datum["PLpgSQL_recfield"] : datum;
    if (field.has("fieldname")) {
      const Text& record = variable(static_cast<std::size_t>(field["recparentno"].number()));
      variables_.push_back(concat(record, ".", field["fieldname"].text()));
      continue;
    }
    const ast::Node one = datum.has("PLpgSQL_var")   ? datum["PLpgSQL_var"]
                          : datum.has("PLpgSQL_rec") ? datum["PLpgSQL_rec"]
                                                     : datum;
    const Text& name = variables_.emplace_back(one["refname"].text());
    if (Text type = type_named(one); !type.empty() && type != "record") types_[name] = std::move(type);
    if (const std::string_view begin = query_of(one["default_val"]); !begin.empty())
      begins_.push_back({name, Text(begin)});
  }
}

const Text& KnownValues::variable(std::size_t number) const {
  static const Text none;
  return number < variables_.size() ? variables_[number] : none;
}

void KnownValues::set(const Text& variable, MaybeValue value) {
  lists_.erase(variable);
  values_.erase(variable);
  const auto type = types_.find(variable);
  if (value && type != types_.end()) value = cast(*value, type->second);
  if (value && !variable.empty()) values_[variable] = *std::move(value);
}

void KnownValues::set_list(const Text& variable, std::optional<Values> values) {
  lists_.erase(variable);
  values_.erase(variable);
  if (values && !variable.empty()) lists_[variable] = *std::move(values);
}

void KnownValues::forget(const Text& variable) {
  set(variable, std::nullopt);
  const Text fields = concat(variable, ".");
  std::erase_if(values_, [&](const auto& one) { return one.first.starts_with(fields); });
}

const KnownValue* KnownValues::find(const Text& variable) const {
  const auto found = values_.find(variable);
  return found == values_.end() ? nullptr : &found->second;
}

const KnownValues::Values* KnownValues::list(const Text& variable) const {
  const auto found = lists_.find(variable);
  return found == lists_.end() ? nullptr : &found->second;
}

void KnownValues::keep_common(const KnownValues& other) {
  std::erase_if(values_, [&](const auto& one) {
    const KnownValue* there = other.find(one.first);
    return !there || !(*there == one.second);
  });
  std::erase_if(lists_, [&](const auto& one) {
    const Values* there = other.list(one.first);
    return !there || !(*there == one.second);
  });
}

}  // namespace quoin
