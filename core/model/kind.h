// What a kind tells the stages. A kind is one file with a table of fields; a stage is written once and names no kind.
#pragma once
#include "core/model/addressing.h"
#include "core/model/lock.h"
#include "core/model/space.h"
#include "core/model/step.h"

namespace quoin {

class Reading;
class Users;
struct Like;
struct Rights;

/// What a stage must know of a kind without knowing the kind.
enum Trait : unsigned {
  replaceable = 1,          // holds no rows: may be dropped and created anew
  dropped_with_parent = 2,  // the parent's DROP drops it
  has_section = 4,          // has its own section in documents, which lists what lies below
  single = 8,               // a parent has at most one, and its name is empty: a comment, a default
  holds_rows = 16,          // dropping it loses data
  is_edge = 32,             // an arrow in the picture of the schema: a foreign key
  folds = 64,               // written as a clause of its parent, in YAML's column shorthand too
  opaque = 128,   // no kind of its own yet: never created, changed or dropped, only listed; its name says it all
  ordered = 512,  // siblings keep the order in which they were made (columns): Object::position, set by Schema::add
  has_document = 1024,             // YAML gives each a document of its own, in which what lies below it stands
  sees_no_columns = 4096,          // its expression may not name the columns of its relation: a default
  calls_when_made = 8192,          // the server runs the routines that it names when it is made, or its table rewritten
  is_namespace = 16384,            // a schema: most kinds take their names in one
  named_in_schema = 32768,         // its name is taken in its schema, although its parent is a relation: an index
  dropped_with_column = 65536,     // goes with any column of its relation that it needs, when that is dropped: an index
  goes_where_owner_goes = 131072,  // gets the schema and owner of what it is dropped with: a column's sequence
  names_part = 524288,             // named after a part of its parent, and goes with that: a view's column
  acts_on_new = 262144,            // runs when other objects are made, and may change them: an event trigger
  rules_new = 2048,  // gives rights on whatever is created after it (default privileges), so its steps come last
  implied_in_template = 256,     // template0 has some objects of this kind (kinds/database/template.h)
  has_owner = 1048576,           // a role owns it, and ALTER … OWNER TO gives it to another
  takes_parent_along = 2097152,  // DROP of what it needs drops its parent, unasked: DEPENDS ON EXTENSION
};

/// Where an arrow of the picture leads; `to` is null where that object is not there.
struct Edge {
  Id to{};
  bool may_lead_nowhere = false;  // a row may refer to no row there: a nullable column
  bool at_most_one = false;       // no two rows refer to the same row there: a unique column
};

/// One form of statement that the kind reads: the node's tag, and for tags with many meanings a word that tells them
/// apart: AlterTableCmd's subtype ("AT_AddColumn"), Constraint's contype ("CONSTR_CHECK"), DefineStmt's kind.
struct StatementReader {
  std::string_view tag, subtype;
  void (*read)(ast::Node, Reading&);
  /// The lock that the statement takes on its relation. Of an AlterTableCmd it is said only where it is not ACCESS
  /// EXCLUSIVE.
  Lock lock = Lock::none;
};

/// How SQL creates, changes and drops an object of the kind. A null function means the default that is given here, or
/// that the kind cannot do it.
struct KindSql {
  Steps (*create)(const Object&) = nullptr;  // the first step makes it; begin with making()
  /// The steps that drop it, which run one right after the other; begin with dropping(), whose ties hold for all of
  /// them. None: nothing has to be done. Default: DROP noun address.
  Steps (*drop)(const Object&) = nullptr;
  Change (*change)(const Delta&, const Users&) = nullptr;  // at once all the changed fields that have no `.alter`
  /// True if the server refuses to change that field of this object by its `.alter`, so that `change` is asked as if it
  /// had none. Default: never.
  bool (*refuses)(const Delta&, const FieldBase&, const Users&) = nullptr;
  /// What becomes of the object `user` when something that it needs, or its parent, is rebuilt (not to be taken for
  /// Kind::follows); `user` also tells its own changes. Steps that drop and create it stand for these changes too.
  /// Default: Replaced if replaceable.
  Follow (*on_rebuild)(const Delta& user, const Rebuilt&, const Users&) = nullptr;
  /// What has to be done to the parent, which would otherwise stay as it is, so that the object can be created in it,
  /// for the first time or again. Steps are then the parent's. Default: Unaffected, nothing has to be done.
  Follow (*admit)(const Object&, const Users&) = nullptr;
  Text (*rename)(Id, std::string_view new_name) = nullptr;  // default: ALTER noun address RENAME TO
  /// The SQL that renames a part that is no object of its own (an enum's label, an identity's sequence); writes the new
  /// name into the object's field too.
  Text (*rename_part)(Object&, std::string_view old_name, std::string_view new_name) = nullptr;
  /// The steps that are left to do after the object that it `follows` has created it: the server may have given it
  /// another name.
  Steps (*after_leader)(const Object&) = nullptr;
  /// The SQL that gives the new object what the old one carried, where the new one cannot take all of it. Default:
  /// Carried::sql.
  Text (*put_back)(const Carried&, const Object& from, const Object& to) = nullptr;
  /// True if no statement leads from one state to the other, but the rows fit: then the old object takes another name,
  /// a new one is made, and `move_rows` fills it.
  bool (*has_to_move)(const Object& from, const Object& to) = nullptr;
  /// Before that: the statements by which the old object leaves what it is a part of, where that stays, since the new
  /// one takes its place there; written into the schema that holds it.
  Steps (*leave_whole)(Object& old, Schema&) = nullptr;
  /// The one step that brings all rows of the old object, which has another name by then, to the new one; Cannot, where
  /// they would not be the same rows.
  Change (*move_rows)(const Object& old, const Object& now, const Users&) = nullptr;
};

/// The hazards that stages ask a kind for, besides those that its steps carry. A null function: there are none.
struct KindCost {
  /// When the object is dropped, by itself or along with something else; `after` is the object as it is created again,
  /// null where it is not.
  std::vector<Hazard> (*of_drop)(const Object&, const Object* after) = nullptr;
  /// When the object is dropped and created anew.
  std::vector<Hazard> (*of_rebuild)(const Object&) = nullptr;
  /// Of a type that is replaced by a new one: when values are converted from the old type to the new one.
  std::vector<Hazard> (*of_move)(const Delta&, const Users&) = nullptr;
  /// What somebody may do because of this object that they could not do before: it is new (`from` is null), changed, or
  /// created anew as it was. Leaves out what `change` and `of_drop` tell.
  std::vector<Hazard> (*of_access)(const Delta&, const Users&) = nullptr;
  /// True if no row can violate the object, whatever rows there are: then it has no may-fail hazard.
  bool (*surely_holds)(const Object&, const Schema&) = nullptr;
};

/// How an object is read from the catalog and from SQL, and what follows from its fields.
struct KindReading {
  /// SELECT with columns class, oid, sub (pg_depend's address; class 0: has none), parent_class, parent_oid, parent_sub
  /// (0: top level), name, [signature], a column a field by its name (t/f, digits, text, array text), optionally
  /// "also" (array of "class:oid:sub": further addresses that mean it, as a view's rewrite rule, a table's row type),
  /// "#field" in place of a field: numbers of columns of the parent, of which it gets the names; "?field": whether the
  /// server hides that field from the role that reads; and "~what": the SQL that puts a carried attribute back, null
  /// where it is as a new object would have it.
  /// The reader leaves out what extensions own, and what lies in a parent that is not read or is opaque. Every
  /// expression is deparsed with search_path empty.
  Text (*catalog)(int server_version) = nullptr;
  std::span<const StatementReader> readers{};
  /// Called once all objects of kinds with no greater `weight` are read, whatever the source: adds needs, and objects,
  /// that follow from the object's own fields (a primary key makes its columns not null).
  void (*derive)(Object&, Schema&) = nullptr;
  /// Adds the columns that the object takes over from another one (a partition from its table), before texts that name
  /// them are resolved. Called for YAML, which does not write such columns down.
  void (*take_columns)(Id, Schema&) = nullptr;
  /// The copy that CREATE TABLE (LIKE …) makes of the object, below `parent`. Null: it makes none, nor of what lies
  /// below the object.
  Object* (*like)(const Object& original, Id parent, const Like&) = nullptr;
  /// Writes into the object's own fields what its name or its parents' names imply so far. Called before one of them is
  /// renamed.
  void (*spell_out)(Object&, const Schema&) = nullptr;
};

/// What a document says and no server holds: a sentence, and what to do.
struct Mistake {
  Text message, hint;
};

/// How the kind is written in YAML, where that is more than a map of its fields.
struct KindYaml {
  /// DDL that says what a shorthand says: ("bigint not null", column id) → "ALTER TABLE t ADD COLUMN id bigint not
  /// null". Null: a shorthand is the main field's value.
  Text (*statement)(Id, std::string_view shorthand) = nullptr;
  /// The shorthand that `statement` would read back as this object and those of `children` that fold into it; empty:
  /// it does not fit in one. Null: a map, or the main field where it is the only one set.
  Text (*shorthand)(const Object&, std::span<const Object* const> children) = nullptr;
  /// True if a value of the main field says more than that field holds (serial), so that it is read as a shorthand.
  bool (*says_more)(std::string_view main) = nullptr;
  /// For a kind that a parent has at most one of, and that has a name all the same (a primary key): the name that it
  /// has if none is written. `Kind::key` then holds the object itself, and its map the key `name` where the name is
  /// another.
  Text (*implied_name)(Id parent) = nullptr;
  /// True if other objects make it anyway (a primary key makes its columns not null), so that it need not be said.
  bool (*implied)(const Object&, const Schema&) = nullptr;
  /// True of what follows another object if the reader would take something else beside it for it (of two equal indexes
  /// of a partition the one that is no part of the parent's), so that it has to be said. Null: it never would.
  bool (*mistakable)(const Object&, const Schema&) = nullptr;
  /// Names of fields that this kind cannot have, although the field table that it shares with other kinds has them:
  /// they are no keys of its map.
  std::span<const std::string_view> lacks{};
  /// The words that may stand in a field of this object, where that depends on where it lies. Null: the row's own.
  List (*words)(Id, const FieldBase&) = nullptr;
  /// What no server holds of this object, where only the whole schema tells: said with its place, before one is asked.
  std::vector<Mistake> (*mistakes)(const Object&, const Schema&) = nullptr;
};

/// Of kinds whose objects have a body: the fields that tell how it is read.
struct BodyFields {
  const FieldBase *text, *language;
  const FieldBase* parsed;    // the body instead, where the server parses it when the object is made: BEGIN ATOMIC
  const FieldBase* settings;  // name=value while it runs: search_path
};

/// All that the stages know of a kind: its name and its ties to others, and four parts.
struct Kind {
  std::string_view name;  // PostgreSQL's word: "foreign key"
  std::string_view key;   // YAML's: "foreign_keys" in the parent's map, or the name of a `single`
  int weight;  // unlike any other kind's, and greater than its parents': the order of kinds where nothing else decides
  const FieldTable& fields;
  unsigned traits = 0;
  std::string_view noun{};         // SQL's: "MATERIALIZED VIEW", in DROP, COMMENT ON, ALTER
  std::string_view object_type{};  // libpg_query's: "OBJECT_MATVIEW", in DropStmt, RenameStmt, CommentStmt
  const Addressing* addressed = &by_qualified_name;
  std::string_view space{};  // the name space in which statements look for it; default: its name
  /// Names of the kinds it may lie below, in an Id, YAML and documents; none: top level; "*": any, or the top.
  std::span<const std::string_view> parents{};
  /// In place of `parents`, where each of them says itself that such an object may lie below it: an owner, a grant.
  std::span<const std::string_view> (*willing_parents)() = nullptr;
  /// The name space of the thing after which the object is named: of a grant `role`, since a grant is named after its
  /// role.
  std::string_view named_after{};
  /// What all objects of the kind are about.
  Matter matter = Matter::structure;
  /// The field that names the relation whose columns the object's expressions see; null: its parent. It comes before
  /// the fields with these expressions.
  const FieldBase* relation = nullptr;
  /// The field with the type of its values: of a column, a domain, a sequence.
  const FieldBase* value_type = nullptr;
  /// Of an extension: the field with the schema of its members, which SET SCHEMA changes.
  const FieldBase* members_schema = nullptr;
  const BodyFields* body = nullptr;  // null: its objects have no body
  /// What may be granted on its objects (kinds/access/grantable.h); null: nothing.
  const Rights* rights = nullptr;
  Slots (*slots)(const Object&) = nullptr;  // default: own_slot
  /// Slots that several objects hold at once, but that one must have freed before a new one may take it: the bounds of
  /// a partitioned table.
  Slots (*shared_slots)(const Object&) = nullptr;
  /// The object whose DROP drops this one too, apart from a column's (dropped_with_column) and the parent's
  /// (dropped_with_parent): of a sequence the column that owns it.
  Id (*dropped_with)(const Object&) = nullptr;
  /// The object whose steps create, change and drop this one as well, so that it has no steps of its own, and neither
  /// YAML nor documents tell of it: of a partition's column the column of the partitioned table, of an extension's own
  /// comment the extension. Where the object's parent is created or dropped, that does it. Null: the object stands for
  /// itself.
  Id (*follows)(const Object&) = nullptr;
  /// Of an object that follows another: true if its parent has it of its own besides, so that steps of its own create
  /// it, and it stays when what it follows is dropped. Null: it never does.
  bool (*own_besides)(const Object&) = nullptr;
  /// True if creating the object creates those that follow it. Null: it always does.
  bool (*creates_followers)(const Object&) = nullptr;
  /// Of constraints with an index: what it says, without name and storage. The server makes one index of all that say
  /// the same in one CREATE TABLE (transformIndexConstraints()), and as many as are asked for elsewhere.
  Text (*merges_as)(const Object&) = nullptr;
  /// True if what the object says holds in the schema `there` without it (an owner has all rights, with or without a
  /// grant): then its absence is no difference.
  bool (*holds_anyway)(const Object&, const Schema& there) = nullptr;
  /// The schema that the object's text relies on being in the search_path, since it names objects there without their
  /// schema. Null: none.
  Id (*counts_on)(const Object&) = nullptr;
  /// Of kinds that are edges.
  Edge (*edge)(const Object&, const Schema&) = nullptr;

  KindSql sql{};
  KindCost cost{};
  KindReading reading{};
  KindYaml yaml{};

  bool has(Trait trait) const { return (traits & trait) != 0; }
  bool has_name() const { return addressed->address != nullptr; }
  bool is_overloaded() const { return addressed->told_by == ToldBy::inputs; }
  bool is_of_types() const { return addressed->told_by == ToldBy::types; }  // and has no name
  bool is_column() const { return addressed == &by_column; }
};

// ---- What kinds share ----
std::string_view space_of(const Kind&);
Slots own_slot(const Object&);        // in its kind's name space, below its parent or in its schema
Slots relation_slot(const Object&);   // in the schema
Slots row_type_slots(const Object&);  // tables, views, composites: both
Slots slots_of(const Object&);
/// True of what takes a name among relations: a table, a view, a sequence, an index.
bool is_relation(const Object&);

Id schema_of(Id);                                                 // the schema it lies in; null for what lies in none
Id scope_of(Id);                                                  // where its name is taken: its parent, or its schema
std::span<const std::string_view> possible_parents(const Kind&);  // Kind::parents, or Kind::willing_parents
bool may_lie_below(const Kind&, const Kind& parent);              // by its name in possible_parents()
bool may_lie_in(const Kind&, Id parent);                          // the same, and "*" is any, or the top
/// The relation whose columns its expressions see, as far as its needs tell: the one that it names, else its parent.
Id relation_of(const Object&);
Text path(Id);               // for people: "column public.users.id", "function public.add(integer)"
Text title(Id);              // in a list of its kind: "users", "add(integer)", "app.money AS text"
Text qualified(Id);          // for SQL, quoted: public.users; a routine without its signature
Text address(Id);            // as DROP noun … takes it: public.add(integer), t ON public.users, public.users.id
Text address_with_noun(Id);  // "FUNCTION public.add(integer)"
Text rename_sql(Id, std::string_view new_name);
Text set_schema_sql(Id, std::string_view schema);
/// The objects that SET SCHEMA moves along with `owner`, unasked: the sequences of its columns.
std::vector<Id> owned_by(Id owner, Schema&);
/// Which object `renamed_from` means: "users" the one beside it, else "app.users" the one in another schema. Not null,
/// though it may not be there.
Id former_id(const Object& wanted, const Schema& before);
/// By Kind::sql.drop. Of what has no statement of its own, since it goes with its parent, a step without SQL.
Steps drop_steps(const Object&);
/// That what lies in it is lost with it.
Hazard loss_of(Id);
Id dropped_with(const Object&);
/// True if dropping `used` drops the object too, unasked: because it lies in `used`, follows it, is `dropped_with` it,
/// or `used` is a column that it goes with.
bool goes_with(const Object&, Id used);
Id follows(const Object&);  // null: nothing
bool is_own_besides(const Object&);

Slots shared_slots_of(const Object&);

/// The step that makes an object: makes, needs, wants, takes_names_of, takes_shared set from it.
Step making(const Object&, Text sql);
/// The step that changes an object which stays the same object; it releases what only `from` needs.
Step in_place(const Delta&, Text sql);
/// The hazards of a change of this field in the object of that Id.
std::vector<Hazard> hazards_of(const FieldBase&, Id);
/// As in_place(), but other steps treat the object as a new one: its users are dropped before and created after.
Step rebuilding(const Delta&, Text sql);
/// The step that drops it alone: drops, releases, frees.
Step dropping(const Object&, Text sql);
/// The steps of an object that several statements drop, in this order.
Steps dropping_by(const Object&, List statements);

/// The schemas that some object relies on being in the search_path (Kind::counts_on), in the order of their names.
List counted_on(const Schema&);

}  // namespace quoin
