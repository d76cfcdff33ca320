/* The same start in C: DATABASE_URL=… example_in_c MIGRATIONS */
#include <quoin/quoin.h>
#include <stdio.h>

static int failed(quoin_migrator* migrator, quoin_result result) {
  fprintf(stderr, "%s: %s\n%s\n", quoin_error_place(migrator), quoin_error(migrator), quoin_error_hint(migrator));
  quoin_free(migrator);
  return (int)result;
}

int main(int argc, char** argv) {
  quoin_migrator* migrator = quoin_new();
  quoin_result result = QUOIN_USAGE;
  size_t row;
  if (migrator == NULL || argc < 2) return (int)result;
  result = quoin_set(migrator, "migrations", argv[1]);
  if (result == QUOIN_OK) result = quoin_set(migrator, "wait", "30");
  if (result == QUOIN_OK) result = quoin_migrate(migrator);
  if (result != QUOIN_OK) return failed(migrator, result);
  for (row = 0; row < quoin_rows(migrator); row++) printf("ran %s\n", quoin_value(migrator, row, "version"));
  result = quoin_status(migrator);
  if (result != QUOIN_OK) return failed(migrator, result);
  printf("ready at %s\n", quoin_version(migrator));
  quoin_free(migrator);
  return 0;
}
