// Everything quoin knows about comments on what is a column and no object: of views, and attributes of types.
#include "kinds/database/column_comment.h"
#include "kinds/list.h"

namespace quoin {
namespace {
Text set_text(const Object& from, const Object& to);

constexpr struct : FieldTable {
  Field<Text> text{
      *this, "text", "what it says", {.role = Role::text, .alter = set_text, .presence = Presence::filled}};
} fields;

Text comment_on(Id column, std::string_view text) {
  return concat("COMMENT ON COLUMN ", qualified(column->parent), ".", quote_ident(column->name), " IS ", text);
}
Text set_text(const Object&, const Object& to) { return comment_on(to.id, quote_literal(to[fields.text])); }

Steps create(const Object& o) { return only(making(o, set_text(o, o))); }
Steps drop(const Object& o) { return only(dropping(o, comment_on(o.id, "NULL"))); }

// CREATE OR REPLACE VIEW and ALTER TYPE keep it.
Follow on_rebuild(const Delta&, const Rebuilt& rebuilt, const Users&) {
  return rebuilt.manner == Rebuilt::Manner::in_place ? Follow(Unaffected{}) : Follow(Replaced{});
}

Text catalog(int) {
  return R"(
select 0 as class, 0 as oid, 0 as sub, case c.relkind when 'c' then 1247 else 1259 end as parent_class,
  case c.relkind when 'c' then c.reltype else c.oid end as parent_oid, 0 as parent_sub,
  a.attname as name, d.description as text
from pg_catalog.pg_description d
join pg_catalog.pg_class c on c.oid = d.objoid
join pg_catalog.pg_attribute a on a.attrelid = d.objoid and a.attnum = d.objsubid
where d.classoid = 1259 and d.objsubid > 0 and c.relkind in ('v', 'm', 'c') and c.oid >= 16384)";
}

constexpr std::string_view parents[] = {"view", "materialized view", "composite type"};
}  // namespace

void read_column_comment(ast::Node statement, Id relation, Reading& reading) {
  const Text name = statement["object"].texts().back();
  const Id id = reading.schema().ids().of(column_comment_kind, relation, name);
  Object* comment = reading.schema().find(id);
  const std::string_view words = statement["comment"].text();
  if (words.empty()) {
    if (comment) reading.drop(id, {});
    return;
  }
  comment = comment ? reading.change(id) : reading.make(column_comment_kind, relation, name);
  if (comment) comment->put(fields.text, Text(words));
}

void forget_column_comment(Id relation, const Text& name, Reading& reading) {
  const Id id = reading.schema().ids().of(column_comment_kind, relation, name);
  if (reading.schema().find(id)) reading.drop(id, {});
}

constexpr Kind column_comment_kind{.name = "column comment",
                                   .key = "column_comments",
                                   .weight = 301,
                                   .fields = fields,
                                   .traits = replaceable | dropped_with_parent | names_part,
                                   .addressed = &by_parent,
                                   .parents = parents,
                                   .matter = Matter::comment,
                                   .sql = {.create = create, .drop = drop, .on_rebuild = on_rebuild},
                                   .reading = {.catalog = catalog}};
}  // namespace quoin
