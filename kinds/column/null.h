// May a column be null?
#pragma once
#include "core/model/reading.h"

namespace quoin {

/// True if the column has a NOT NULL of its own.
bool refuses_null(Id column, const Schema&);

/// The name that PostgreSQL 18 gives to a new NOT NULL (ChooseConstraintName()), where another constraint of the schema
/// has the one that it would have otherwise; else "".
Text numbered_not_null(Id column, const Schema&);
/// What the server adds where something asks for it.
Object& add_not_null(Id column, Schema&);
/// RENAME CONSTRAINT and ADD CONSTRAINT say its name.
void call_not_null(Object& not_null, const Text& name);
/// A constraint that says its name is made before those that get one, in CREATE TABLE; and up to 17 no NOT NULL has a
/// name that could be in its way. So one whose name nobody said gets another.
void make_way_for(std::string_view name, Id table, Reading&);
/// What a NOT NULL is called counts from PostgreSQL 18 on: a schema that was read without a server says it beside one
/// of such a server's, and where an older server has one of the two, or nobody knows which, it is forgotten.
void settle_not_null_names(Schema&, const Schema& other);

}  // namespace quoin
