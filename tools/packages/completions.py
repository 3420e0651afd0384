"""Completions for bash, zsh and fish, from the list that `unspin help --json` prints."""

import shlex

FOLDERS = {"FOLDER", "ARCHIVE"}
TYPED = {"N", "NUMBER", "NAME", "ID", "WORD"}  # values that no list of files helps with


def kind(option):
    """How a value is completed: "words", "folders", "files", "typed", or "none" where there is no value."""
    value = option.get("value", "")
    if "words" in option:
        return "words"
    if not value:
        return "none"
    return "folders" if value in FOLDERS else "typed" if value in TYPED else "files"


def argument_kind(command):
    """How arguments are completed: commands take one kind of them."""
    kinds = [kind(argument) for argument in command["arguments"]]
    return kinds[0] if kinds else "none"


def walk(command):
    """The command and all commands below it, each with its words behind the program's name."""
    yield command["name"].split()[1:], command
    for below in command["commands"]:
        yield from walk(below)


def last_word(command):
    return command["name"].split()[-1]


def bash(program):
    lines = ["# bash completion for unspin, made from `unspin help --json`.",
             "_unspin() {",
             "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command= options= i",
             "  COMPREPLY=()",
             "  # bash takes --name=value apart at the sign.",
             "  if [[ $word == = ]]; then",
             "    word=",
             "  elif [[ $before == = ]]; then",
             "    before=${COMP_WORDS[COMP_CWORD-2]}",
             "  fi",
             "  for ((i = 1; i < COMP_CWORD; ++i)); do",
             '    case "$command ${COMP_WORDS[i]}" in']
    paths = [" ".join(path) for path, command in walk(program) if path]
    lines += [f"      {'|'.join(shlex.quote(path if ' ' in path else ' ' + path) for path in paths)})",
              '        command="${command:+$command }${COMP_WORDS[i]}" ;;',
              "    esac",
              "  done",
              '  case "$command $before" in']
    actions = {"folders": "compopt -o dirnames; return", "files": "compopt -o default; return", "typed": "return"}
    for path, command in walk(program):
        for option in command["options"]:
            if kind(option) == "none":
                continue
            patterns = "|".join(shlex.quote(" ".join((*path, name)) if path else " " + name) for name in option["names"])
            action = actions.get(kind(option)) or \
                f'COMPREPLY=($(compgen -W {shlex.quote(" ".join(option["words"]))} -- "$word")); return'
            lines += [f"    {patterns}) {action} ;;"]
    lines += ["  esac", '  case "$command" in']
    for path, command in walk(program):
        names = [name for option in command["options"] for name in option["names"]]
        below = [last_word(other) for other in command["commands"]]
        rest = {"folders": "compopt -o dirnames", "files": "compopt -o default"}.get(argument_kind(command), ":")
        lines += [f"    {shlex.quote(' '.join(path))})",
                  f"      options={shlex.quote(' '.join(names))}",
                  f"      [[ $word == -* ]] || {{ options={shlex.quote(' '.join(below))}; {rest}; }} ;;"]
    lines += ["  esac",
              '  COMPREPLY=($(compgen -W "$options" -- "$word"))',
              "}",
              "complete -F _unspin unspin", ""]
    return "\n".join(lines)


def zsh_text(text):
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace(":", "\\:")


def zsh_value(option):
    """":message:action" of a value, or nothing."""
    actions = {"folders": "_files -/", "files": "_files", "typed": " "}
    if kind(option) == "none":
        return ""
    action = f"({' '.join(option['words'])})" if kind(option) == "words" else actions[kind(option)]
    return f":{zsh_text(option['value'])}:{action}"


def zsh_specs(command):
    specs = []
    for option in command["options"]:
        names, value = option["names"], zsh_value(option)
        others = "*" if option["several"] else f"({' '.join(names)})"
        for name in names:
            sign = "=" if value and name.startswith("--") else ""
            specs.append(shlex.quote(f"{others}{name}{sign}[{zsh_text(option['help'])}]{value}"))
    for number, argument in enumerate(command["arguments"], 1):
        place = "*" if argument["several"] else str(number) if argument["required"] else f"{number}:"
        specs.append(shlex.quote(f"{place}{zsh_value(argument)}"))
    return specs


def zsh_command(path, command):
    """The function that completes what follows the command's name."""
    lines = [f"{'_'.join(('_unspin', *path))}() {{"]
    specs = zsh_specs(command)
    if command["commands"]:
        lines += ["  local context state state_descr line curcontext=$curcontext", "  typeset -A opt_args"]
        specs += ["'1:command:->command'", "'*::argument:->argument'"]
    lines += ["  _arguments -s " + ("-C " if command["commands"] else "") + "\\"]
    lines += ["    " + " \\\n    ".join(specs)]
    if command["commands"]:
        lines += ["  case $state in", "    command)", "      local -a commands=("]
        lines += ["        " + shlex.quote(f"{last_word(below)}:{zsh_text(below['purpose'])}") for below in command["commands"]]
        lines += ["      )", "      _describe command commands ;;", "    argument)", "      case $words[1] in"]
        lines += [f"        {last_word(below)}) {'_'.join(('_unspin', *path, last_word(below)))} ;;" for below in command["commands"]]
        lines += ["      esac ;;", "  esac"]
    return lines + ["}", ""]


def zsh(program):
    lines = ["#compdef unspin", "# zsh completion for unspin, made from `unspin help --json`.", ""]
    for path, command in walk(program):
        lines += zsh_command(path, command)
    return "\n".join(lines + ['_unspin "$@"', ""])


def fish_quote(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def fish(program):
    lines = ["# fish completion for unspin, made from `unspin help --json`."]
    for path, command in walk(program):
        # The last word of the path is the command; none of those below it may have been named.
        seen = [f"__fish_seen_subcommand_from {word}" for word in path] or ["__fish_use_subcommand"]
        below = [last_word(other) for other in command["commands"]]
        if path and below:
            seen.append(f"not __fish_seen_subcommand_from {' '.join(below)}")
        head = f"complete -c unspin -n {fish_quote('; and '.join(seen))}"
        # Files are offered by themselves, unless something says otherwise.
        lines += [head + {"files": " -F", "folders": " -x -a '(__fish_complete_directories)'"}.get(argument_kind(command), " -f")]
        for other in command["commands"]:
            lines += [f"{head} -a {last_word(other)} -d {fish_quote(other['purpose'])}"]
        for option in command["options"]:
            names = [f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option["names"]]
            value = {"words": f" -x -a {fish_quote(' '.join(option.get('words', [])))}", "files": " -r -F",
                     "folders": " -x -a '(__fish_complete_directories)'", "typed": " -x", "none": ""}[kind(option)]
            lines += [f"{head} {' '.join(names)}{value} -d {fish_quote(option['help'])}"]
    return "\n".join(lines) + "\n"
