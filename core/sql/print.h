// The tree as SQL text again: quoin's own printer, the same for every grammar linked.
#pragma once
#include "core/sql/ast.h"

namespace quoin::ast {

/// An expression, a SELECT (INSERT, UPDATE, DELETE, MERGE too), on one line, with no more parentheses than precedence
/// asks for, keywords as the server's ruleutils.c spells them. Names are quoted only where they must be.
/// Throws Error(Code::internal) with the tag of a node that it does not know, rather than print it wrong.
Text print(Node);
/// An expression where the grammar takes only a b_expr, as after DEFAULT; in parentheses where it is none (`(a AND b)`,
/// `(now() AT TIME ZONE 'UTC')`).
Text print_default(Node expression);
/// As print, a query broken into lines and indented for people: what documents and migrations show.
Text print_pretty(Node query);
/// A TypeName as format_type() would say it where it can be known without a catalog: "integer", "character
/// varying(20)", "timestamp(3) with time zone", "text[]", "numeric(10,2)", "interval day to second"; other names
/// qualified as written.
Text print_type(Node type_name);
/// A qualified name (a list of String, or a RangeVar): `"My".tab`.
Text print_name(Node);

}  // namespace quoin::ast
