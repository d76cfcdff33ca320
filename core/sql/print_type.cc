#include "core/sql/print_printer.h"

namespace quoin::ast::detail {
namespace {

// SQL's name of a type, in two halves where its modifiers stand between them.
struct Spelling {
  std::string_view before, after;
};

const Spelling* spelling(std::string_view catalog_name) {
  static const std::unordered_map<std::string_view, Spelling> all = {
      {"int2", {"smallint", ""}},
      {"int4", {"integer", ""}},
      {"int8", {"bigint", ""}},
      {"float4", {"real", ""}},
      {"float8", {"double precision", ""}},
      {"bool", {"boolean", ""}},
      {"json", {"json", ""}},  // a keyword of newer grammars, which the catalog leaves bare
      {"numeric", {"numeric", ""}},
      {"decimal", {"numeric", ""}},
      {"varchar", {"character varying", ""}},
      {"bit", {"bit", ""}},
      {"varbit", {"bit varying", ""}},
      {"interval", {"interval", ""}},
      {"time", {"time", " without time zone"}},
      {"timetz", {"time", " with time zone"}},
      {"timestamp", {"timestamp", " without time zone"}},
      {"timestamptz", {"timestamp", " with time zone"}},
  };
  auto at = all.find(catalog_name);
  return at == all.end() ? nullptr : &at->second;
}

std::string_view interval_name(std::int64_t mask) {
  constexpr std::int64_t month = 1 << 1, year = 1 << 2, day = 1 << 3, hour = 1 << 10, minute = 1 << 11,
                         second = 1 << 12;
  static const std::unordered_map<std::int64_t, std::string_view> names = {
      {year, " year"},
      {month, " month"},
      {day, " day"},
      {hour, " hour"},
      {minute, " minute"},
      {second, " second"},
      {year | month, " year to month"},
      {day | hour, " day to hour"},
      {day | hour | minute, " day to minute"},
      {day | hour | minute | second, " day to second"},
      {hour | minute, " hour to minute"},
      {hour | minute | second, " hour to second"},
      {minute | second, " minute to second"},
  };
  auto at = names.find(mask);
  return at == names.end() ? std::string_view() : at->second;
}

}  // namespace

void Printer::type_modifiers(Node typmods) {
  if (typmods.size() == 0) return;
  add("(");
  separated(typmods.items(), &Printer::any_expression, ",");
  add(")");
}

// The server keeps a scale where none is written: numeric(10) is numeric(10,0).
void Printer::numeric_modifiers(Node typmods) {
  if (typmods.size() != 1) return type_modifiers(typmods);
  add("(");
  expression(typmods.items()[0]);
  add(",0)");
}

// The first modifier of an interval is a mask of its fields, the second its precision.
void Printer::interval_fields(Node typmods) {
  if (typmods.size() == 0) return;
  add(interval_name(typmods.items()[0]["ival"].number()));
  if (typmods.size() < 2) return;
  add("(");
  expression(typmods.items()[1]);
  add(")");
}

void Printer::type(Node type_name) {
  Node names = type_name["names"], typmods = type_name["typmods"];
  if (names.size() == 0) {
    throw Error(Code::internal, concat("a ", type_name.tag(), " stands where a type should"), {},
                "report the statement");
  }
  std::string_view last = names.items().back().text();
  bool catalog = names.size() == 1 || (names.size() == 2 && names.items()[0].text() == "pg_catalog");
  const bool of_routine = type_name.has("without_modifiers");
  // bit alone is bit(1); the type without a length is spelled as a name.
  if (catalog && last == "bit" && !of_routine && typmods.size() == 0 && !type_name["pct_type"].flag()) {
    add("\"bit\"");
    if (type_name["arrayBounds"].size() > 0) add("[]");
    return;
  }
  const Spelling* known = catalog && !type_name["pct_type"].flag() ? spelling(last) : nullptr;
  if (known != nullptr) {
    add(known->before);
    if (last == "interval") {
      interval_fields(typmods);
    } else if (known->before == "numeric") {
      numeric_modifiers(typmods);
    } else {
      type_modifiers(typmods);
    }
    add(known->after);
  } else if (catalog && last == "bpchar" && (of_routine || typmods.size() > 0)) {
    add("character");
    type_modifiers(typmods);
  } else {
    if (names.size() == 2 && catalog && !type_name["pct_type"].flag()) {
      ident(last);
    } else {
      name(names);
    }
    type_modifiers(typmods);
  }
  if (type_name["pct_type"].flag()) add("%TYPE");
  if (type_name["arrayBounds"].size() > 0) add("[]");
}

}  // namespace quoin::ast::detail
