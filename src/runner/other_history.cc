#include "runner/other_history.h"

namespace quoin::runner {

List other_histories(postgres::Connection& connection) {
  // As the tools' own documentation names them, where nobody chose another name.
  const auto found = connection.execute(
      "SELECT n.nspname, c.relname FROM pg_catalog.pg_class c"
      " JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace"
      " WHERE c.relkind OPERATOR(pg_catalog.=) 'r' AND (c.relname OPERATOR(pg_catalog.=) ANY (ARRAY["
      "'schema_migrations', 'ar_internal_metadata', 'flyway_schema_history', 'goose_db_version', '_prisma_migrations',"
      " '__diesel_schema_migrations', '_sqlx_migrations', 'gorp_migrations', 'schema_version', 'alembic_version',"
      " 'django_migrations', 'knex_migrations', 'pgmigrations', 'databasechangelog', 'refinery_schema_history',"
      " '_yoyo_migration', '__drizzle_migrations', 'atlas_schema_revisions', '__EFMigrationsHistory',"
      " 'doctrine_migration_versions', 'typeorm_migrations', 'SequelizeMeta']::pg_catalog.name[])"
      " OR (n.nspname OPERATOR(pg_catalog.=) 'sqitch' AND c.relname OPERATOR(pg_catalog.=) 'changes')"
      " OR (n.nspname OPERATOR(pg_catalog.=) 'graphile_migrate' AND c.relname OPERATOR(pg_catalog.=) 'migrations'))"
      " ORDER BY 1, 2");
  List names;
  for (std::size_t row = 0; row < found.rows(); ++row)
    names.push_back(quote_qualified(found.text(row, 0), found.text(row, 1)));
  return names;
}

}  // namespace quoin::runner
