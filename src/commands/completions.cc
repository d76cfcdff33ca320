// quoin completions: what shells and man want to know of the command line.
#include "commands/described.h"

namespace quoin {
namespace {

using Commands = std::vector<DescribedCommand>;

List names_of(const std::vector<DescribedOption>& options) {
  List names;
  for (const DescribedOption& option : options)
    if (!option.is_argument) names.insert(names.end(), option.names.begin(), option.names.end());
  return names;
}

List names_of(const Commands& commands) {
  List names;
  for (const DescribedCommand& command : commands) names.push_back(command.name);
  return names;
}

/// In single quotes of a shell.
Text quoted(std::string_view text) {
  Text all = "'";
  for (const char c : text) all += c == '\'' ? Text("'\\''") : Text(1, c);
  return all + "'";
}

Text for_bash(const Commands& commands) {
  Text text = concat(
      "# bash completion of quoin: source it, or save it as quoin in bash-completion's folder\n"
      "_quoin() {\n  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command= one\n"
      "  for one in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n    case $one in\n      ",
      join(names_of(commands), "|"), ") command=$one; break ;;\n    esac\n  done\n  case $command:$before in\n");
  const auto add_choices = [&](const Text& command, const std::vector<DescribedOption>& options) {
    for (const DescribedOption& option : options)
      if (!option.choices.empty())
        text += concat("    ", command, ":", option.names.back(), ") COMPREPLY=($(compgen -W ",
                       quoted(join(option.choices, " ")), " -- \"$word\")); return ;;\n");
  };
  add_choices("*", common_options());
  for (const DescribedCommand& command : commands) add_choices(command.name, command.options);
  text +=
      "  esac\n  [[ $word == -* || -z $command ]] || { COMPREPLY=($(compgen -f -- \"$word\")); return; }\n  case "
      "$command in\n";
  const Text common = join(names_of(common_options()), " ");
  for (const DescribedCommand& command : commands)
    text += concat("    ", command.name, ") COMPREPLY=($(compgen -W ",
                   quoted(concat(join(names_of(command.options), " "), " ", common)), " -- \"$word\")) ;;\n");
  return text + concat("    *) COMPREPLY=($(compgen -W ", quoted(concat(join(names_of(commands), " "), " ", common)),
                       " -- \"$word\")) ;;\n  esac\n}\ncomplete -o filenames -F _quoin quoin\n");
}

Text zsh_text(std::string_view text) {
  Text all;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') all += '\\';
    all += c;
  }
  return all;
}

Text zsh_option(const DescribedOption& option) {
  const Text action = option.choices.empty() ? Text("_files") : concat("(", join(option.choices, " "), ")");
  if (option.is_argument) return quoted(concat("*:", zsh_text(lower(option.names[0])), ":_files"));
  Text all;
  for (const Text& name : option.names) {
    const Text value = option.type.empty() ? Text() : concat(":", zsh_text(lower(option.type)), ":", action);
    all += concat(all.empty() ? "" : " ", quoted(concat(name, "[", zsh_text(option.doc), "]", value)));
  }
  return all;
}

Text for_zsh(const Commands& commands) {
  Text text =
      "#compdef quoin\n# zsh completion of quoin: save it as _quoin in a folder of $fpath\n_quoin() {\n"
      "  local -a common commands\n  common=(\n";
  for (const DescribedOption& option : common_options()) text += concat("    ", zsh_option(option), "\n");
  text += "  )\n  commands=(\n";
  for (const DescribedCommand& command : commands)
    text += concat("    ", quoted(concat(command.name, ":", zsh_text(command.summary))), "\n");
  text +=
      "  )\n  local context state line\n  _arguments -C $common '1: :->command' '*:: :->rest'\n"
      "  [[ $state == command ]] && { _describe command commands; return }\n  case $words[1] in\n";
  for (const DescribedCommand& command : commands) {
    text += concat("    ", command.name, ") _arguments $common");
    for (const DescribedOption& option : command.options) text += concat(" \\\n        ", zsh_option(option));
    text += " ;;\n";
  }
  return text + "  esac\n}\n_quoin \"$@\"\n";
}

Text fish_option(const Text& condition, const DescribedOption& option) {
  Text line = concat("complete -c quoin", condition.empty() ? Text() : concat(" -n ", quoted(condition)));
  for (const Text& name : option.names)
    line += name.starts_with("--") ? concat(" -l ", name.substr(2)) : concat(" -s ", name.substr(1));
  if (!option.type.empty()) line += " -r";
  if (!option.choices.empty()) line += concat(" -f -a ", quoted(join(option.choices, " ")));
  return concat(line, " -d ", quoted(option.doc), "\n");
}

Text for_fish(const Commands& commands) {
  Text text = "# fish completion of quoin: save it as quoin.fish in ~/.config/fish/completions\n";
  for (const DescribedOption& option : common_options()) text += fish_option("", option);
  for (const DescribedCommand& command : commands) {
    text += concat("complete -c quoin -n __fish_use_subcommand -f -a ", command.name, " -d ", quoted(command.summary),
                   "\n");
    for (const DescribedOption& option : command.options)
      if (!option.is_argument) text += fish_option(concat("__fish_seen_subcommand_from ", command.name), option);
  }
  return text;
}

/// As roff reads it: no line begins with a dot, no dash is a hyphen.
Text roff(std::string_view text) {
  Text all;
  for (const char c : text) {
    if ((c == '.' || c == '\'') && (all.empty() || all.back() == '\n')) all += "\\&";
    all += c == '\\' ? Text("\\e") : c == '-' ? Text("\\-") : Text(1, c);
  }
  return all;
}

Text roff_options(const std::vector<DescribedOption>& options) {
  Text text;
  for (const DescribedOption& option : options) {
    const bool typed = !option.is_argument && !option.type.empty();
    text += concat(".TP\n\\fB", roff(join(option.names, ", ")), "\\fR",
                   typed ? concat(" \\fI", roff(option.type), "\\fR") : Text(), "\n", roff(option.doc), "\n");
  }
  return text;
}

Text for_man(const Commands& commands) {
  Text text =
      concat(".TH QUOIN 1 \"\" \"quoin ", QUOIN_VERSION,
             "\"\n.SH NAME\nquoin \\- keeps a PostgreSQL schema true\n"
             ".SH SYNOPSIS\n\\fBquoin\\fR [\\fIoptions\\fR] \\fIcommand\\fR …\n.SH OPTIONS\nOf every command.\n",
             roff_options(common_options()), ".SH COMMANDS\n");
  for (const DescribedCommand& command : commands)
    text += concat(".SS quoin ", roff(command.name), "\n", roff(command.summary), ".\n.PP\n.nf\n",
                   roff(command.details), "\n.fi\n", roff_options(command.options));
  return text + ".SH SEE ALSO\n\\fBquoin help reference\\fR has the settings, directives and exit codes too.\n";
}

int run_completions(const Text& shell) {
  const Commands commands = described_commands();
  if (shell == "bash") return print_document(for_bash(commands)), 0;
  if (shell == "zsh") return print_document(for_zsh(commands)), 0;
  if (shell == "fish") return print_document(for_fish(commands)), 0;
  if (shell == "man") return print_document(for_man(commands)), 0;
  throw Error(Code::usage, concat("there are no completions for \"", shell, "\""), {},
              "there are: bash, zsh, fish, man");
}

std::function<int()> declare(Options& options, const CommandLine& settings) {
  auto shell = std::make_shared<Text>();
  options.argument("SHELL", *shell, "bash, zsh, fish, or man for the manual page");
  return [shell, &settings] {
    if (settings.json)
      throw Error(Code::usage, "completions are scripts: there is no JSON of them", {},
                  "quoin help --json has the commands and options");
    return run_completions(*shell);
  };
}
}  // namespace

const Command completions_command{"completions", "print completions for a shell, or the manual page",
                                  "  source <(quoin completions bash)\n"
                                  "  quoin completions man > /usr/local/share/man/man1/quoin.1",
                                  declare};

}  // namespace quoin
