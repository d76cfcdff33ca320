// How a statement says which object it means, in DROP, COMMENT ON, ALTER … RENAME, SET SCHEMA and OWNER.
#pragma once
#include "core/model/object.h"
#include "core/sql/ast.h"

namespace quoin {

/// The parts of a name as written: of a RangeVar, a TypeName, a list of names, or one.
List parts_of(ast::Node);

/// What tells two objects of one kind and one parent apart.
enum class ToldBy {
  name,
  inputs,    // its name and the types that it takes
  types,     // two types alone
  operands,  // its name and the types on both sides of it, or NONE
  method,    // its name and an access method
  language   // a language, which is its name, and a type
};

/// An object as a statement names it, in parts without quotes.
struct Named {
  List name{};                      // {"app", "users"}; of what lies in a relation or domain its own name alone
  List holder{};                    // that relation or domain: {"app", "users"}
  std::string_view holder_space{};  // the name space of the holder (core/model/space.h)
  ast::Node arguments{};            // an ObjectWithArgs, of what may be overloaded
  std::vector<ast::Node> types{};   // where types tell it apart: TypeNames, null for NONE
  Text signature{};                 // where something else tells it apart: "(btree)"
};

/// How statements name the objects of a kind: from an Id to text, and from a parsed statement back.
struct Addressing {
  Text (*address)(Id);               // what stands after the noun: "app.users"; null: it has no name of its own
  Named (*named)(ast::Node object);  // reads what the grammar makes of an address
  ToldBy told_by = ToldBy::name;
};

extern const Addressing by_name;            // SCHEMA app, EXTENSION citext
extern const Addressing by_qualified_name;  // TABLE app.users
extern const Addressing by_arguments;       // FUNCTION app.f(integer)
extern const Addressing by_inputs;          // AGGREGATE app.total(integer), app.number(*)
extern const Addressing by_relation;        // TRIGGER t ON app.users
extern const Addressing by_domain;          // CONSTRAINT c ON DOMAIN app.d
extern const Addressing by_column;          // COLUMN app.users.id
extern const Addressing by_types;           // CAST (app.money AS text)
extern const Addressing by_operands;        // OPERATOR app.=== (integer, integer), app.~ (NONE, text)
extern const Addressing by_method;          // OPERATOR CLASS app.backwards USING btree
extern const Addressing by_language;        // TRANSFORM FOR app.money LANGUAGE sql
extern const Addressing by_parent;          // has no name of its own: a default, a comment

}  // namespace quoin
