// Names as SQL writes them, found as the server would find them: along the search path, in one name space at a time.
#pragma once
#include <unordered_set>

#include "core/model/kind.h"
#include "core/model/name.h"
#include "core/model/space.h"
#include "parser/names/builtin_names.h"
#include "parser/names/missing.h"

namespace quoin {

/// A name as written; an empty schema: along the search path.
struct Written {
  Text schema, name;
};
Written written(ast::Node range_var_or_names);  // or a TypeName
Written written(const List& parts);
Written written(std::string_view sql_name);

/// What exists without being an object of the Schema.
struct UnmodelledNames {
  std::unordered_set<Slot> names;  // of things that no kind models, or that a statement may have created
  std::unordered_set<Id> unknown;  // objects not wholly known: nothing below them counts as missing
};

/// What a name stands for.
struct Found {
  enum class State {
    there,    // `id` is the object, or the extension that contains it
    builtin,  // it is pg_catalog's or information_schema's
    unknown,  // may be there
    missing
  };
  State state = State::missing;
  Id id{};
  Text schema{};           // what to qualify the name with; empty: as written
  bool no_schema = false;  // it is missing because its schema is
  bool is_missing() const { return state == State::missing; }
};

class Lookup {
 public:
  Lookup(const Schema&, const List& search_path, const UnmodelledNames* = nullptr);
  /// Of what the other knows, along another path.
  Lookup(const Lookup& other, const List& search_path) : Lookup(other.schema_, search_path, other.beyond_) {}

  /// What a name stands for in the name space `in` (that of a Slot): "relation", "type", "collation"… For a routine,
  /// whatever its arguments; `routines` gives all overloads.
  Found find(std::string_view in, const Written&) const;
  std::vector<Id> routines(const Written&) const;
  /// The object of this signature: of a routine its input types, "(integer)".
  Found told_apart(std::string_view in, const Written&, const Text& signature) const;
  /// The schemas of the search path that exist, in order.
  const std::vector<Id>& path() const { return path_; }
  Id schema_named(std::string_view name) const;
  /// The schema of temporary objects; null before the first.
  Id temporary() const { return temporary_; }
  const Schema& schema() const { return schema_; }
  const std::vector<const Object*>& extensions() const { return extensions_; }
  bool is_unknown(Id) const;
  Missing missing(std::string_view in, const Written&, const Found&) const;
  /// Names of the name space that a person might have meant.
  List candidates(std::string_view in, const Written&) const;

  /// The columns of a relation, in order. The Id is null for one that a query gives. No value: not known.
  struct Column {
    Text name;
    Id id;
  };
  std::optional<std::vector<Column>> columns(Id relation) const;
  /// True if the columns are known; and one of them; neither makes a list of what may be thousands.
  bool knows_columns(Id relation) const;
  std::optional<Column> column(Id relation, const Text& name) const;

 private:
  const Schema& schema_;
  const UnmodelledNames* beyond_;
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

/// The schema in which an extension's objects lie, as far as its own fields tell.
Text schema_of_extension(const Object& extension);
/// Of a kind of relation whose columns follow from a query: the derived field that tells them. Null where there is
/// none.
const FieldBase* shown_columns(const Kind&);
/// True of the schemas that every database has and that are no objects.
bool is_system_schema(std::string_view name);
constexpr std::string_view temporary_schema = "pg_temp";

}  // namespace quoin
