// Names as SQL writes them, found as the server would find them: along the search path, in one name space at a time.
#pragma once
#include <unordered_set>

#include "core/model/kind.h"
#include "core/model/name.h"
#include "core/model/space.h"
#include "parser/names/builtin_names.h"
#include "parser/names/missing.h"

namespace quoin {

/// A name as written, unquoted and folded; an empty schema: none was written. A database before the schema is left out.
struct Written {
  Text schema, name;
};
Written written(ast::Node range_var_or_names);  // or a TypeName
Written written(const List& parts);
Written written(std::string_view sql_name);

/// What exists without being an object of the Schema.
struct UnmodelledNames {
  std::unordered_set<Slot> names;  // of objects that no kind models, or that a statement may have created
  std::unordered_set<Id> unknown;  // objects that are known in part: nothing below them counts as missing
};

/// What a name stands for.
struct Found {
  enum class State {
    there,    // `id` is the object, or the extension that has it as a member
    builtin,  // it is pg_catalog's or information_schema's
    unknown,  // it may exist
    missing
  };
  State state = State::missing;
  Id id{};
  Text schema{};           // the schema to qualify the name with; empty: the name stays as written
  bool no_schema = false;  // it is missing because the schema that is written does not exist
  bool is_missing() const { return state == State::missing; }
};

/// Finds names in a Schema along a search_path, by the rules of namespace.c: temporary objects first, then pg_catalog
/// where the path does not name it, then the path. The schema and the unmodelled names must outlive it; whoever adds or
/// removes schemas or extensions makes a new one.
class Lookup {
 public:
  Lookup(const Schema&, const List& search_path, const UnmodelledNames* = nullptr);
  /// In the same schema, along another path.
  Lookup(const Lookup& other, const List& search_path) : Lookup(other.schema_, search_path, other.unmodelled_) {}

  /// What a name stands for in the name space `in` (core/model/space.h). Of a routine or an operator class the first of
  /// that name, whatever its arguments or access method; `routines` gives all overloads.
  Found find(std::string_view in, const Written&) const;
  std::vector<Id> routines(const Written&) const;
  /// The object of this name and signature: of a routine its input types, "(integer)".
  Found find_by_signature(std::string_view in, const Written&, const Text& signature) const;
  /// The schemas of the search path that exist, in order.
  const std::vector<Id>& path() const { return path_; }
  Id schema_named(std::string_view name) const;
  /// The schema of temporary objects; null before the first.
  Id temporary() const { return temporary_; }
  const Schema& schema() const { return schema_; }
  const std::vector<const Object*>& extensions() const { return extensions_; }
  /// True if the object, or one that it lies in, is known in part alone (UnmodelledNames::unknown).
  bool is_unknown(Id) const;
  /// What to report where `find` gave `Found` as missing: the name, or the schema that is written before it.
  Missing missing(std::string_view in, const Written&, const Found&) const;
  /// The names in the name space, from which the one nearest to `Written` may be suggested.
  List candidates(std::string_view in, const Written&) const;

  /// The columns of a relation, in order. The Id is null for one that a query gives. No value: not known.
  struct Column {
    Text name;
    Id id;
  };
  std::optional<std::vector<Column>> columns(Id relation) const;
  /// True if columns() would have a value. This and column() list nothing, since a relation may have 1600 columns.
  bool knows_columns(Id relation) const;
  /// The column of that name; no value: there is none, or the columns are not known.
  std::optional<Column> column(Id relation, const Text& name) const;

 private:
  const Schema& schema_;
  const UnmodelledNames* unmodelled_;
  std::vector<Id> path_;
  std::size_t before_catalog_ = 0;  // how many of them come before pg_catalog, which is the first if not named
  Id temporary_;
  std::vector<const Object*> extensions_;
  bool has_unknown_extension_ = false;
  bool has_unknown_schema_ = false;  // in the path

  Found in_schema(std::string_view in, Id schema, const Text& name) const;
  Found of_extensions(std::string_view in, Id schema, const Text& name) const;
  Id holder(std::string_view in, Id schema, const Text& name) const;
  bool has_column_objects(Id relation) const;
};

/// The schema in which an extension's objects lie, by its field `schema`; without that, public.
Text schema_of_extension(const Object& extension);
/// Of a kind of relation whose columns follow from a query: the derived field that tells them. Null where there is
/// none.
const FieldBase* shown_columns(const Kind&);
/// True of pg_catalog, information_schema and pg_toast, which every database has and no Schema holds.
bool is_system_schema(std::string_view name);
/// The name of the schema, in a Schema, of a session's temporary objects.
constexpr std::string_view temporary_schema = "pg_temp";

}  // namespace quoin
