// What functions and procedures share.
#pragma once
#include "core/model/kind.h"

namespace quoin {
class Reading;

/// The fields of both: a procedure leaves those at their fallbacks that it cannot have.
struct RoutineFields : FieldTable {
  Field<Text> body{*this, "body", "what it does, in its language", {.role = Role::body}};
  Field<List> arguments{*this, "arguments", "its arguments: [mode] [name] type [default]", {.role = Role::argument}};
  Field<Text> returns{*this, "returns", "type of its result, or setof that", {.role = Role::type}};
  Field<List> returns_table{*this, "returns_table", "columns of its result", {.role = Role::member}};
  Field<Text> language{*this, "language", "what its body is written in"};
  Field<Text> sql_body{*this, "sql_body", "BEGIN ATOMIC … END or RETURN …: parsed when it is made"};
  Field<Text> library{*this, "library", "the shared library that holds it; its body names the symbol"};
  Field<Text> volatility{*this,
                         "volatility",
                         "immutable, stable or volatile",
                         {.fallback = "volatile", .words = "immutable|stable|volatile"}};
  Field<bool> strict{*this, "strict", "null for any null argument, without a call"};
  Field<bool> security_definer{
      *this, "security_definer", "runs with its owner's privileges", {.access = "with whose privileges it runs"}};
  Field<bool> leakproof{*this, "leakproof", "tells nothing of its arguments but by its result"};
  Field<Text> parallel{
      *this, "parallel", "safe, restricted or unsafe", {.fallback = "unsafe", .words = "safe|restricted|unsafe"}};
  Field<Text> cost{*this, "cost", "estimated cost of a call, where not its language's"};
  Field<Text> rows{*this, "rows", "estimated number of rows, where not 1000"};
  Field<Text> support{*this, "support", "planner support function", {.role = Role::routine}};
  Field<bool> window{*this, "window", "a window function"};
  Field<List> transform{*this, "transform", "types that are converted by a transform", {.role = Role::type}};
  Field<bool> serves_type{
      *this, "serves_type", "reads or writes the values of a base type", {.counts = Counts::derived}};
  // Not treated as an option that holds a secret: CREATE OR REPLACE takes away a setting that it does not say, so that
  // a value which quoin kept to itself would be lost with the next change of the body. Documents for people hide
  // secrets in it.
  Field<List> set{*this, "set", "settings while it runs: name=value", {.role = Role::parameter}};
};
inline constexpr RoutineFields routine_fields;

Id path_of_routine(const Object&);  // see Kind::counts_on
Steps create_routine(const Object&);
std::vector<Hazard> hazards_of_routine_access(const Delta&, const Users&);
Change change_routine(const Delta&, const Users&);
Follow follow_routine(const Delta&, const Rebuilt&, const Users&);
void derive_routine(Object&, Schema&);
/// An SQL expression: the qualified name, without arguments, of the routine of this oid; null of 0.
Text routine_name(std::string_view oid);
/// Kind::body of functions and procedures.
extern const BodyFields routine_body;
/// What may be granted on functions and aggregates, and on procedures.
extern const Rights function_rights, procedure_rights;
/// `prokinds`: "'f', 'w'" or "'p'".
Text routine_catalog(std::string_view noun, std::string_view prokinds, int server_version);

}  // namespace quoin
