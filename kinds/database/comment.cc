// Everything quoin knows about comments: one an object, whatever its kind.
#include "core/model/reading.h"
#include "core/model/space.h"
#include "kinds/access/carried.h"
#include "kinds/column/numbering.h"
#include "kinds/database/column_comment.h"
#include "kinds/table/table_fields.h"

namespace quoin {
namespace {
Text set_text(const Object& from, const Object& to);

constexpr struct : FieldTable {
  Field<Text> text{
      *this, "text", "what it says", {.role = Role::text, .alter = set_text, .presence = Presence::filled}};
  Field<bool> brought{*this, "brought", "it is what the extension says of itself", {.counts = Counts::derived}};
} fields;

Text comment_on(Id parent, std::string_view text) {
  return concat("COMMENT ON ", address_with_noun(parent), " IS ", text);
}

Text set_text(const Object&, const Object& to) { return comment_on(to.id->parent, quote_literal(to[fields.text])); }

Steps create(const Object& comment) { return only(making(comment, set_text(comment, comment))); }
Steps drop(const Object& comment) { return only(dropping(comment, comment_on(comment.id->parent, "NULL"))); }
Follow on_rebuild(const Delta&, const Rebuilt&, const Users&) { return Unaffected{}; }

Id brought_by(const Object& comment) { return comment[fields.brought] ? comment.id->parent : Id(); }

// An extension brings its own comment, and a new database the ones of public and plpgsql.
Text catalog(int) {
  return R"(
select 0 as class, 0 as oid, 0 as sub, d.classoid::oid as parent_class, d.objoid as parent_oid, d.objsubid as parent_sub,
  '' as name, d.description as text, d.classoid = 3079 and exists (
    select from pg_catalog.pg_extension e join pg_catalog.pg_available_extensions() a on a.name = e.extname
    where e.oid = d.objoid and a.comment = d.description) as brought
from pg_catalog.pg_description d
where (d.objoid >= 16384 or d.classoid = 2615) and not (d.classoid = 1259 and d.objsubid = 0 and exists (
  select from pg_catalog.pg_depend i join pg_catalog.pg_class s on s.oid = i.objid
  where i.classid = 1259 and i.objid = d.objoid and i.refclassid = 1259 and i.deptype = 'i' and s.relkind = 'S'))
  and not (d.classoid = 1259 and d.objsubid = 0 and exists (select from pg_catalog.pg_constraint k
    where k.conindid = d.objoid and k.contype in ('p', 'u', 'x')))
  and not (d.classoid = 2606 and exists (select from pg_catalog.pg_constraint k
    where k.oid = d.objoid and k.contype = 'n')))";
}

/// Whether that was all: it was of a column that is no object, or of a relation that is not there, which is reported.
bool read_of_part(ast::Node statement, Reading& reading) {
  const auto names = statement["object"].items();
  if (statement["objtype"].text() != "OBJECT_COLUMN" || names.size() < 2) return false;
  const ast::Tree tree;
  const Id relation = reading.find(space::relation, tree.make_list(names.first(names.size() - 1)));
  if (!relation) return true;
  if (is_table(*relation->kind) || relation->kind->has(opaque)) return false;
  reading.find_object(statement["objtype"].text(), statement["object"]);  // says so where it has none of that name
  read_column_comment(statement, relation, reading);
  return true;
}

void comment_on_sequence(std::string_view words, Id identity, Reading& reading) {
  Object* object = reading.change(identity);
  if (!object) return;
  Text sql = concat("COMMENT ON SEQUENCE ", sequence_of_identity(*object), " IS ", quote_literal(words));
  put_carried(*object, sequence_comment, words.empty() ? Text() : std::move(sql));
}

/// Where an attribute of another says it: of a NOT NULL, or of the index of a constraint.
const FieldBase* attribute_for(std::string_view object_type, Id id) {
  const bool of_index = object_type == "OBJECT_INDEX";
  return id->kind->fields.find(of_index ? "index_comment" : "constraint_comment");
}

void read(ast::Node statement, Reading& reading) {
  if (read_of_part(statement, reading)) return;
  const Id parent = find_with_identities(statement["objtype"].text(), statement["object"], reading);
  if (!parent || parent->kind->has(opaque)) return;
  if (parent->kind == &identity_kind) return comment_on_sequence(statement["comment"].text(), parent, reading);
  if (const FieldBase* said = attribute_for(statement["objtype"].text(), parent)) {
    if (Object* object = reading.change(parent)) object->put(*said, Text(statement["comment"].text()));
    return;
  }
  const Id id = reading.schema().ids().of(comment_kind, parent, {});
  Object* comment = reading.schema().find(id);
  if (!statement.has("comment") || statement["comment"].text().empty()) {
    if (comment) reading.drop(id, {});
    return;
  }
  comment = comment ? reading.change(id) : reading.make(comment_kind, parent, "");
  if (comment) comment->put(fields.text, Text(statement["comment"].text()));
}

// What is said of the table itself stays behind.
Object* like(const Object& original, Id parent, const Like& like) {
  const bool wanted = like.includes(Including::comments) && parent != like.table;
  return wanted ? copied(original, parent, "", like.reading) : nullptr;
}

constexpr StatementReader readers[] = {{"CommentStmt", "", read, Lock::share_update_exclusive}};
constexpr std::string_view parents[] = {"*"};
}  // namespace

constexpr Kind comment_kind{.name = "comment",
                            .key = "comment",
                            .weight = 300,
                            .fields = fields,
                            .traits = replaceable | dropped_with_parent | single | implied_in_template,
                            .addressed = &by_parent,
                            .parents = parents,
                            .matter = Matter::comment,
                            .follows = brought_by,
                            .sql = {.create = create, .drop = drop, .on_rebuild = on_rebuild},
                            .reading = {.catalog = catalog, .readers = readers, .like = like}};
}  // namespace quoin
