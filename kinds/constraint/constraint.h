// What tables, their columns, constraints and indexes share: addresses, clauses, parts of catalog queries.
#pragma once
#include "core/model/reading.h"
#include "kinds/list.h"

namespace quoin {

// ---- Statements ----
Text alter_table(Id table, std::string_view action);    // ALTER TABLE public.t ACTION
Text alter_column(Id column, std::string_view action);  // ALTER TABLE public.t ALTER COLUMN c ACTION
Text with_terms(std::span<const Text> parameters);      // fillfactor=70, autovacuum_enabled='false'
/// "SET (…)" and "RESET (…)" that lead from one list of storage parameters to another, each after `verb`.
Text change_parameters(std::span<const Text> from, std::span<const Text> to, std::string_view verb);
Text in_parentheses(std::string_view expression);       // not twice
Text without_parentheses(std::string_view expression);  // those around the whole of it
/// The expression written in the way that the server shows again what it has read: it stores `status IN ('a', 'b')` of
/// a varchar as a cast of the whole array, shows that, and reads it back as casts of the elements; BETWEEN likewise.
Text settled(std::string_view expression);
Text settled_query(std::string_view query);
Text columns_clause(std::span<const Text> columns);         // (a, "B")
Text include_clause(std::span<const Text> columns);         // " INCLUDE (a)" or ""
Text with_clause(std::span<const Text> parameters);         // " WITH (fillfactor=70)" or ""
Text index_tablespace_clause(std::string_view tablespace);  // " USING INDEX TABLESPACE x" or ""
/// " DEFERRABLE INITIALLY DEFERRED" or "".
Text deferral_clause(const Object&, const Field<bool>& deferrable, const Field<bool>& initially_deferred);

// ---- Constraints ----
/// ALTER TABLE t ADD CONSTRAINT n …, which folds into CREATE TABLE.
Step adding_constraint(const Object&, std::string_view definition);
/// The same for a primary key or unique constraint, which may be its table's alone (KeyFields::only).
Step adding_key(const Object& key, std::string_view definition);
Steps drop_constraint(const Object&);
Text rename_constraint(Id, std::string_view new_name);
Slots constraint_and_index_slots(const Object&);
/// True if the server keeps `user` valid by itself when its table, or a column of it, is rebuilt. False where a
/// computed column is rebuilt: that is dropped and added again, and takes along what needs it.
bool server_follows(const Object& user, const Object& rebuilt);
/// KindSql::on_rebuild of an index, or of a constraint with one: the server rebuilds it with its columns.
Follow follow_by_index(const Object& user, std::span<const Text> include, const Object& rebuilt);
Text set_index_tablespace(Id index, std::string_view tablespace);  // ALTER INDEX … SET TABLESPACE
Text set_index_parameters(Id index, std::span<const Text> from, std::span<const Text> to);

/// COMMENT ON INDEX of the index of a constraint, by the field `index_comment` of its kind.
Text set_index_comment(const Object& from, const Object& to);

/// What primary keys and unique constraints have in common.
struct KeyFields : FieldTable {
  Field<List> columns{*this, "columns", "what identifies a row", {.role = Role::column, .presence = Presence::filled}};
  Field<List> include{*this, "include", "columns that its index holds besides", {.role = Role::column}};
  Field<bool> nulls_not_distinct{*this, "nulls_not_distinct", "nulls are equal to each other"};
  Field<bool> without_overlaps{*this, "without_overlaps", "the last column is a range that must not overlap"};
  Field<bool> deferrable{*this, "deferrable", "may be checked at the end of the transaction"};
  Field<bool> initially_deferred{*this, "initially_deferred", "is checked then unless told otherwise"};
  Field<List> with{*this, "with", "storage parameters of its index", {.role = Role::parameter, .alter = set_with}};
  Field<Text> tablespace{*this, "tablespace", "where its index lies", {.alter = set_tablespace}};
  Field<bool> clustered{*this, "clustered", "CLUSTER sorts the table by its index", {.heirs = Heirs::have_their_own}};
  Field<bool> replica_identity{
      *this, "replica_identity", "tells old rows apart in replication", {.heirs = Heirs::have_their_own}};
  Field<bool> only{*this,
                   "only",
                   "is the table's alone: not each of its partitions has one that is attached to it",
                   {.heirs = Heirs::have_their_own}};
  Field<Text> backs{*this,
                    "backs",
                    "the index of the parent, of no constraint there, that its own is a part of",
                    {.heirs = Heirs::have_their_own}};
  Field<Text> attached_to{
      *this, "attached_to", "the constraint of the parent that it is a part of", {.heirs = Heirs::have_their_own}};
  Field<Text> index_comment{
      *this,
      "index_comment",
      "what is said of its index, besides the comment on the constraint",
      {.role = Role::text, .alter = set_index_comment, .heirs = Heirs::have_their_own, .matter = Matter::comment}};
  Field<bool> attaches{
      *this, "attaches", "its index does not become a part of the parent's by itself", {.counts = Counts::derived}};

 private:
  static Text set_with(const Object& from, const Object& to);
  static Text set_tablespace(const Object& from, const Object& to);
};
inline constexpr KeyFields primary_key_fields, unique_fields;

void add_index_comment(Steps&, const Object& constraint);  // where one is given
/// Part of a select list for pg_constraint row `k`: `index_comment`.
std::string_view index_comment_column();

/// What a foreign key may come to stand on: a key of these columns, in whatever order. The server takes the first that
/// it finds, so a foreign key is made once those that go are gone (Step::takes_shared).
Slot key_slot(Id table, std::span<const Text> columns);
/// The columns of what keeps them unique: a key, or a unique index of plain columns without a predicate.
List unique_columns(const Object&);
/// Says that it is no key any more, where it has been one that a foreign key could stand on.
void free_key(Steps& dropping, const Object&);
Steps drop_key(const Object&);

/// " (a, b) INCLUDE (c) WITH (…) …" of a primary key or unique constraint.
Text key_definition(const Object&, const KeyFields&);
Text key_merges_as(const Object&);
Text key_catalog(int server_version, char contype);

// ---- Catalog queries ----
/// The condition under which pg_class row `alias` is a table that the kinds model: not of a type, in a managed schema,
/// no extension's.
Text modelled_table(std::string_view alias);
/// The same, cheaper and too wide, for what lies in a table: the reader leaves out what lies in one that it left out.
/// From 16384 on (FirstNormalObjectId) oids are those of users' objects.
Text users_table(std::string_view alias);
Text in_managed_schema(std::string_view namespace_oid);
Text no_extension_owns(std::string_view class_oid, std::string_view oid);
/// SQL expression: text[] of the keys of pg_index row `i`, each with its collation, operator class and order where
/// those are not implied.
Text index_keys(int server_version);
/// SQL expression: text[] of the included columns of pg_index row `i`, or null.
Text index_include();
/// SQL expression: text[] of the columns of a table that an int2[] names.
Text column_names(std::string_view numbers, std::string_view table);

}  // namespace quoin
