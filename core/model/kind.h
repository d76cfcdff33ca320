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

/// What a stage must know of a kind without knowing the kind.
enum Trait : unsigned {
  replaceable = 1,          // holds no rows: may be dropped and created anew
  dropped_with_parent = 2,  // the parent's DROP drops it
  has_section = 4,          // has its own section in documents, which lists what lies below
  single = 8,       // a parent has at most one, whose name is empty: comment, default, primary key is not (named)
  holds_rows = 16,  // dropping it loses data
  is_edge = 32,     // an arrow in the picture of the schema
  folds = 64,       // written as a clause of its parent, in YAML's column shorthand too
  opaque = 128,     // no kind of its own yet: never created, changed or dropped, only listed; its name says it all
  ordered = 512,    // siblings keep the order in which they were made (columns): Object::position, set by Schema::add
  has_document = 1024,             // YAML gives each a document of its own, in which what lies below it stands
  sees_no_columns = 4096,          // its expression stands beside a row's columns and may not name them
  calls_when_made = 8192,          // the server runs the routines that it names when it is made, or its table rewritten
  is_namespace = 16384,            // names of most kinds are taken in one: a schema
  named_in_schema = 32768,         // its name is taken in its schema, though it lies in a relation: an index
  dropped_with_column = 65536,     // the DROP of a column of its relation that it needs drops it too: an index
  goes_where_owner_goes = 131072,  // has the schema and the owner of what drops it: a sequence of a column
  names_part = 524288,        // its name is that of a part of what it lies in, and goes with it: of a view's column
  acts_on_new = 262144,       // runs when other objects are made, and may change them: an event trigger
  rules_new = 2048,           // says what may be done with what is made after it: its steps come once all else is made
  implied_in_template = 256,  // objects that template0 has exist of this kind (see `in_template`)
};

/// Where an arrow of the picture leads; null where that is not there.
struct Edge {
  Id to{};
  bool may_lead_nowhere = false;  // a row may refer to none
  bool at_most_one = false;       // no two rows refer to the same
};

/// One form of statement that the kind reads: the node's tag, and for tags with many meanings a word that tells them
/// apart: AlterTableCmd's subtype ("AT_AddColumn"), Constraint's contype ("CONSTR_CHECK"), DefineStmt's kind.
struct StatementReader {
  std::string_view tag, subtype;
  void (*read)(ast::Node, Reading&);
  /// The lock that it takes on the relation that it is about; an AlterTableCmd's where that is not ACCESS EXCLUSIVE.
  Lock lock = Lock::none;
};

/// How the SQL that leads from one state to another is written. Null: the default, or the kind cannot.
struct KindSql {
  Steps (*create)(const Object&) = nullptr;                // the first step makes it; begin with making()
  Text (*drop)(const Object&) = nullptr;                   // default: DROP noun address
  Change (*change)(const Delta&, const Users&) = nullptr;  // at once all the changed fields that have no `.alter`
  /// When what it needs, or its parent, is rebuilt; `changed` says what of its own changes besides. Steps that drop it
  /// and make it stand for its own change too. Default: Replaced if replaceable.
  Follow (*follow)(const Delta& user, const Rebuilt&, const Users&) = nullptr;
  /// What it takes of its parent to be made, new or again, in one that else would stay as it is: Steps are the
  /// parent's. Default: Unaffected.
  Follow (*admit)(const Object&, const Users&) = nullptr;
  Text (*rename)(Id, std::string_view new_name) = nullptr;  // default: ALTER noun address RENAME TO
  /// The SQL that renames what is no object of its own (an enum's label, the sequence of an identity), and the object's
  /// own field to say so.
  Text (*rename_part)(Object&, std::string_view old_name, std::string_view new_name) = nullptr;
  /// What is left to do once what it follows has brought it: the server may have given it another name.
  Steps (*brought)(const Object&) = nullptr;
  /// The SQL that puts on the new object what the old one carried, where not all of it has a place there.
  Text (*put_back)(const Carried&, const Object& from, const Object& to) = nullptr;
};

/// Why a person should look twice, besides what its steps say themselves. Null: for no reason.
struct KindCost {
  /// Where it goes, be it with what it belongs to and is rebuilt; `after`: as it comes again, null where it does not.
  std::vector<Hazard> (*of_drop)(const Object&, const Object* after) = nullptr;
  /// Where it is dropped and made anew.
  std::vector<Hazard> (*of_rebuild)(const Object&) = nullptr;
  /// Of types: where rows move from the old self of one to the new.
  std::vector<Hazard> (*of_move)(const Delta&, const Users&) = nullptr;
  /// At who may do what once it is there: new (`from` is null), another, or made anew as it was. What `change` and
  /// `of_drop` tell, and what opens no door that was there, is not told again.
  std::vector<Hazard> (*of_access)(const Delta&, const Users&) = nullptr;
  /// True if no row can break it, whatever the rows are.
  bool (*surely_holds)(const Object&, const Schema&) = nullptr;
};

/// How it is read from a catalog and from SQL, and what follows from what was read.
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
  /// Run once all objects of kinds that weigh no more are read, whatever the source: adds needs, and objects, that
  /// follow from its own fields (a primary key makes its columns not null).
  void (*derive)(Object&, Schema&) = nullptr;
  /// Gives it the columns that it has from another, whose name is known by then, so that texts below find them. Of
  /// sources that do not say them.
  void (*take_columns)(Id, Schema&) = nullptr;
  /// What CREATE TABLE (LIKE …) makes of it, below the copy of what it lies in; null: it is left behind, with what lies
  /// below it.
  Object* (*like)(const Object& original, Id parent, const Like&) = nullptr;
  /// Says outright, in its own fields, what the names above it imply: before one of them is renamed.
  void (*spell_out)(Object&, const Schema&) = nullptr;
};

/// How it is written in YAML, where that is more than a map of its fields.
struct KindYaml {
  /// DDL that says what a shorthand says: ("bigint not null", column id) → "ALTER TABLE t ADD COLUMN id bigint not
  /// null". Null: a shorthand is the main field's value.
  Text (*statement)(Id, std::string_view shorthand) = nullptr;
  /// The shorthand that `statement` would read back as this object and those of `children` that fold into it; empty:
  /// it does not fit in one. Null: a map, or the main field where it is the only one set.
  Text (*shorthand)(const Object&, std::span<const Object* const> children) = nullptr;
  /// True if a value of the main field says more than that field holds (serial), so that it is read as a shorthand.
  bool (*says_more)(std::string_view main) = nullptr;
  /// Of a kind that a parent has at most one of, yet with a name (a primary key): the name it has where none is
  /// written. `Kind::key` holds it directly, with `name` as a further key where it is another.
  Text (*implied_name)(Id parent) = nullptr;
  /// True if other objects make it anyway (a primary key makes its columns not null), so that it need not be said.
  bool (*implied)(const Object&, const Schema&) = nullptr;
  /// Fields of a table that kinds share which this one cannot have: keys of its map they are not.
  std::span<const std::string_view> lacks{};
  /// The words that may stand in a field of this object, where that depends on where it lies. Null: the row's own.
  List (*words)(Id, const FieldBase&) = nullptr;
};

/// All that the stages know of a kind: its name and its ties to others, and four parts.
struct Kind {
  std::string_view name;  // PostgreSQL's word: "foreign key"
  std::string_view key;   // YAML's: "foreign_keys" in the parent's map, or the name of a `single`
  int weight;             // its own, above those of its parents: order among kinds where nothing else decides
  const FieldTable& fields;
  unsigned traits = 0;
  std::string_view noun{};         // SQL's: "MATERIALIZED VIEW", in DROP, COMMENT ON, ALTER
  std::string_view object_type{};  // libpg_query's: "OBJECT_MATVIEW", in DropStmt, RenameStmt, CommentStmt
  const Addressing* addressed = &by_qualified_name;
  std::string_view space{};  // the name space in which statements look for it; default: its name
  /// Names of the kinds it may lie below, in an Id, YAML and documents; none: top level; "*": any, or the top.
  std::span<const std::string_view> parents{};
  /// The name space in which its name is that of something else, which it goes by: a grant's is a role's.
  std::string_view named_after{};
  /// The field that names the relation whose columns its expressions see; null: what it lies in. It stands before them.
  const FieldBase* relation = nullptr;
  Slots (*slots)(const Object&) = nullptr;  // default: own_slot
  /// In which what it takes up has to be left by others first: the bounds of a partitioned table.
  Slots (*rooms)(const Object&) = nullptr;
  /// Which object's DROP drops it, besides a column's, and the parent's with the trait. A sequence names the column
  /// that owns it.
  Id (*dropped_with)(const Object&) = nullptr;
  /// The object whose steps make, change and drop it along, so that it has none of its own, and neither YAML nor
  /// documents tell it: of a partition's column that of the table, of an extension's own comment the extension. Where
  /// what it lies in is made or dropped, that brings it. Null: it stands for itself.
  Id (*follows)(const Object&) = nullptr;
  /// Of what follows another: true if what it lies in has it of its own besides, so that it comes by steps of its own,
  /// and stays where what it follows goes. Null: it does not.
  bool (*own_besides)(const Object&) = nullptr;
  /// True if making it makes what follows it too. Null: it does.
  bool (*brings)(const Object&) = nullptr;
  /// Of constraints with an index: what it says, without name and storage. The server makes one index of all that say
  /// the same in one CREATE TABLE (transformIndexConstraints()), and as many as are asked for elsewhere.
  Text (*merges_as)(const Object&) = nullptr;
  /// True if what it says is so in a schema that does not have it, as an owner has all rights: then it is no
  /// difference.
  bool (*holds_anyway)(const Object&, const Schema& there) = nullptr;
  /// The schema whose names it leaves out, so that it runs only where that is on the search_path; null: none.
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

Id schema_of(Id);  // the schema it lies in; null for what lies in none
Id scope_of(Id);   // where its name is taken: its parent, or its schema
bool may_lie_in(const Kind&, Id parent);
/// The relation whose columns its expressions see, as far as its needs tell: the one that it names, else its parent.
Id relation_of(const Object&);
Text path(Id);               // for people: "column public.users.id", "function public.add(integer)"
Text title(Id);              // in a list of its kind: "users", "add(integer)", "app.money AS text"
Text qualified(Id);          // for SQL, quoted: public.users; a routine without its signature
Text address(Id);            // as DROP noun … takes it: public.add(integer), t ON public.users, public.users.id
Text address_with_noun(Id);  // "FUNCTION public.add(integer)"
Text rename_sql(Id, std::string_view new_name);
Text set_schema_sql(Id, std::string_view schema);
/// What goes to another schema with it, unasked: the sequences of its columns.
std::vector<Id> owned_by(Id owner, Schema&);
/// Which object `renamed_from` means: "users" the one beside it, else "app.users" the one in another schema. Not null,
/// though it may not be there.
Id former_id(const Object& wanted, const Schema& before);
Text drop_sql(const Object&);
Id dropped_with(const Object&);
/// True if `used` going takes it along unasked: what it lies in or follows, what `dropped_with` says, a column.
bool goes_with(const Object&, Id used);
Id follows(const Object&);  // null: nothing
bool is_own_besides(const Object&);

Slots rooms_of(const Object&);

/// The step that makes an object: makes, needs, wants, takes_names_of, enters set from it.
Step making(const Object&, Text sql);
/// The object stays; what only `from` needs is released.
Step in_place(const Delta&, Text sql);
/// What a person should look at twice where this field of an object changes.
std::vector<Hazard> hazards_of(const FieldBase&, Id);
/// `in_place`, to its users a new object: they leave before and come after.
Step rebuilding(const Delta&, Text sql);
/// The step that drops it alone: drops, releases, frees.
Step dropping(const Object&, Text sql);

/// Names of the schemas that some object of the schema counts on, in the order of their names.
List counted_on(const Schema&);

}  // namespace quoin
