// quoin init: a project that works as it stands.
#include <filesystem>
#include <nlohmann/json.hpp>

#include "commands/command.h"
#include "core/base/files.h"
#include "parser/migrations/migration.h"
#include "parser/yaml/yaml.h"
#include "project/folder.h"

namespace quoin {
namespace {
namespace fs = std::filesystem;

constexpr std::string_view config_text =
    R"(# The project's settings; every key may be left out. `quoin --help` lists the commands.
migrations: migrations   # where migration files lie
schemas: schemas         # the desired schema, in YAML
document: DATABASE.md    # what `quoin snapshot` writes
# assume: [auth, platform.sql]  # schemas, and SQL files, that are there before the first migration
# manage:                  # how far these are quoin's: off, report (differences are only told) or on
#   owners: report
#   grants: on
#   comments: on
#   extension_versions: off

environments:
  development:
    database: ${DATABASE_URL}
)";

constexpr std::string_view schema_text = R"(# yaml-language-server: $schema=quoin.schema.json
# The schema as it should be. Change it, then `quoin diff --name what_changed` writes the migration.
schema: public
tables:
  notes:
    comment: An example; put your own tables here
    columns:
      id: bigint generated always as identity
      body: text not null
      created_at: timestamptz not null default now()
    primary_key: [id]
)";

constexpr std::string_view workflow_text =
    R"(# Checks every pull request: migrations come after what they need, and lead to what schemas/ says.
name: schema
on: [pull_request]
jobs:
  verify:
    runs-on: ubuntu-latest
    container: debian:12
    env:
      # Where quoin's own source is; a tag or commit in QUOIN_REF keeps every run the same.
      QUOIN_REPOSITORY: ${{ vars.QUOIN_REPOSITORY }}
      QUOIN_REF: ${{ vars.QUOIN_REF || 'main' }}
    steps:
      - run: apt-get update && apt-get install -y --no-install-recommends git ca-certificates
      - uses: actions/checkout@v4
      - uses: actions/cache@v4
        with: { path: /opt/quoin, key: "quoin-${{ vars.QUOIN_REF || 'main' }}" }
      - name: build quoin, unless it is cached
        run: |
          [ -x /opt/quoin/build/release/quoin ] || git clone "$QUOIN_REPOSITORY" /opt/quoin
          cd /opt/quoin && git checkout "$QUOIN_REF" && ./bootstrap build
          echo /opt/quoin/build/release >> "$GITHUB_PATH"
      - run: quoin verify --format github
      - name: the migrations lead to what schemas/ says
        run: quoin diff --exit-code
)";

constexpr std::string_view migrations_text = R"(# Migrations

Each file is one step of the schema, run once and in the order of its name: `20250106090000_add_orders.sql`.

- From what `schemas/` says: `quoin diff --name add_orders` writes the file, up and down, and proves it.
- By hand: `quoin create add_orders`, then fill in what goes up and what undoes it.
- `quoin verify` says whether each comes after what it needs; `quoin migrate` runs what is pending, `quoin rollback`
  undoes the last one.
- A file that has run anywhere is never changed: write the next one instead.
)";

constexpr std::string_view editor_text = R"(root = true

[*.{sql,yaml}]
charset = utf-8
end_of_line = lf
insert_final_newline = true
indent_style = space
indent_size = 2
)";

/// What another tool has in the folder, or the default.
Text migrations_folder_of(const fs::path& root) {
  const Text usual = usual_migrations_folder(root.string());
  return usual.empty() ? Text("migrations") : usual;
}

Text config_for(const Text& folder) {
  constexpr std::string_view line = "migrations: migrations ";
  Text text(config_text);
  return text.replace(text.find(line), line.size(), concat("migrations: ", folder, " "));
}

/// A file of quoin's among those of another tool would be in its way.
bool has_migrations(const fs::path& folder) { return fs::is_directory(folder) && !is_begun_folder(folder.string()); }

constexpr std::string_view next_anew = "next: quoin diff --from empty: --name first";
constexpr std::string_view next_of_tool =
    "next: quoin adopt, which takes over what another tool has run in the database (--dry-run shows it), then quoin"
    " snapshot --format yaml -o schemas/public.yaml --overwrite, in place of the example";

struct Planned {
  fs::path path;
  Text content;
};

int run(const Text& folder, const CommandLine& settings) {
  const fs::path root(folder);
  const Text migrations = migrations_folder_of(root);
  const bool is_of_tool = has_migrations(root / migrations);
  std::vector<Planned> files{{root / "quoin.yaml", config_for(migrations)},
                             {root / "schemas" / "public.yaml", Text(schema_text)},
                             {root / "schemas" / "quoin.schema.json", yaml_json_schema()}};
  if (!is_of_tool) files.push_back({root / migrations / "README.md", Text(migrations_text)});
  files.push_back({root / ".github" / "workflows" / "schema.yml", Text(workflow_text)});
  files.push_back({root / ".editorconfig", Text(editor_text)});
  for (const Planned& file : files)
    if (fs::exists(file.path) && file.path.filename() == "quoin.yaml")
      throw Error(Code::refused, concat(file.path.string(), " is there already"), {},
                  "this folder is a project; to begin anew, move the file away first");
  fs::create_directories(root / migrations);
  nlohmann::ordered_json wrote = nlohmann::ordered_json::array();
  for (const Planned& file : files) {
    fs::create_directories(file.path.parent_path());
    if (fs::exists(file.path)) {
      remark(settings, concat("left alone ", file.path.string(), ", which is there already"));
      continue;
    }
    write_new_file(file.path, file.content);
    remark(settings, concat("wrote ", file.path.string()));
    wrote.push_back(file.path.string());
  }
  if (settings.json) print_json({{"wrote", wrote}});
  if (is_of_tool) remark(settings, concat(migrations, " holds migrations already, which quoin.yaml names"));
  remark(settings, is_of_tool ? next_of_tool : next_anew);
  return 0;
}
}  // namespace

const Command init_command{
    "init", "begin a project: quoin.yaml, schemas/, migrations/",
    "Writes quoin.yaml, schemas/, migrations/ (where another tool's folder is there, quoin.yaml names that),\n"
    ".github/workflows/schema.yml and .editorconfig. What is there already stays as it is.\n"
    "  quoin init            # here\n  quoin init my-project # in a new folder",
    [](Options& options, const CommandLine& settings) -> std::function<int()> {
      auto folder = std::make_shared<std::optional<Text>>();
      options.argument("FOLDER", *folder, "where (default: here)");
      return [folder, &settings] { return run(folder->value_or("."), settings); };
    }};

}  // namespace quoin
