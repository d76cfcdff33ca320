// What the four kinds of text search objects share.
#pragma once
#include "core/model/reading.h"

namespace quoin {

/// A name as the catalogs have it: of an object of the kind in the schema where a new one would lie, else the server's
/// own.
Text text_search_name(const Kind&, ast::Node names, Reading&);
/// Adds to the needs the object of the kind that has this name; the server's own are none.
void need_text_search(Object& user, const Kind&, std::string_view name, Schema&);
/// Where DEFINE … puts a new object; null where that is reported.
Object* make_text_search(const Kind&, ast::Node define_statement, Reading&);
/// Of the kinds whose fields are all names of routines: CREATE, and DEFINE … read.
Steps create_of_routines(const Object&);
void read_routines(const Kind&, ast::Node define_statement, Reading&);
/// An SQL expression: the qualified name that a row of this catalog bears.
Text text_search_name_of(std::string_view catalog, std::string_view prefix, std::string_view oid);
/// "a = 'b', c = 5" of parameters.
Text text_search_terms(std::span<const Text> parameters);

}  // namespace quoin
