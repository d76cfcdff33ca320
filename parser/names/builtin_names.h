// Names that every server, or an extension that comes with it, has: facts of the catalogs of PostgreSQL 12 to 18.
#pragma once
#include <cstddef>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/text.h"

namespace quoin::builtin {

enum class What { type, routine, relation, operator_class };

/// True if pg_catalog has a thing of that name in some supported version.
bool has(What, std::string_view name);
/// True if quoin knows what the extension contains.
bool known_extension(std::string_view extension);
/// The extension, of those known, that brings a thing of that name; empty: none.
std::string_view extension_with(What, std::string_view name);
bool extension_has(std::string_view extension, What, std::string_view name);
/// The names of the columns that a call of a pg_catalog function gives in FROM. Empty: one column, named after the call
/// or its alias. No value: the names depend on the arguments, or differ between versions or overloads.
std::optional<List> columns_of(std::string_view routine);
/// True if pg_catalog has an operator of that name, for any operands.
bool has_operator(std::string_view name);
/// The types of an operator's operands, by pg_type.typname; empty: it has no such operand.
using Operands = std::pair<std::string_view, std::string_view>;
/// The operands for which an extension brings an operator of that name.
std::vector<Operands> operators_of(std::string_view extension, std::string_view name);

// The tables, each name followed by a space; sorted.
extern const char* const routine_names;  // that people call
extern const char* const support_names;  // routines that only the server calls: aggregates and types are made of them
extern const char* const type_names;
extern const char* const routine_columns;  // name:column,column or name:?
extern const char* const operator_names;
struct ExtensionNames {
  const char *name, *types, *routines, *relations, *operator_classes;
  const char* operators;  // three names each: of the operator, and the types to its left and right
};
extern const ExtensionNames extension_names[];
extern const std::size_t extension_count;

}  // namespace quoin::builtin
