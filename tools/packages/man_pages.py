"""Manual pages in roff, one for each command, from the list that `unspin help --json` prints."""

import re


def escaped(text):
    """Text as roff prints it: with real hyphens, and characters beyond ASCII by their numbers."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    text = re.sub(r"[^\x00-\x7f]", lambda found: f"\\[u{ord(found[0]):04X}]", text)
    return re.sub(r"^(?=[.'])", r"\\&", text, flags=re.MULTILINE)  # a control line begins with these two


def prose(text):
    """A sentence whose `words in backticks` are bold."""
    pieces = text.split("`")
    return "".join(f"\\fB{escaped(piece)}\\fP" if i % 2 else escaped(piece) for i, piece in enumerate(pieces))


def page_name(command):
    return command["name"].replace(" ", "-")


def purpose(command):
    """What follows the name in the page's first line: no sentence, no repeated name."""
    said = command["purpose"].rstrip(".")
    return said.removeprefix(command["name"] + " ")


def description(command):
    """The purpose as a sentence. The program's name stays in lower case."""
    said = command["purpose"].rstrip(".") + "."
    return prose(said if said.startswith("unspin ") else said[:1].upper() + said[1:])


def shown_value(option):
    value = option.get("value", "")
    return (f"\\fI{escaped(value)}\\fP" if value else "") + ("..." if option["several"] else "")


def synopsis(command):
    words = [f"\\fB{escaped(command['name'])}\\fP"]
    if command["commands"]:
        words.append("\\fICOMMAND\\fP")
    for option in command["options"]:
        if option["required"]:
            words.append(f"\\fB{escaped(option['names'][-1])}\\fP {shown_value(option)}")
    if command["options"]:
        words.append("[\\fIOPTION\\fP]...")
    for argument in command["arguments"]:
        words.append(shown_value(argument) if argument["required"] else f"[{shown_value(argument)}]")
    return " ".join(words)


def option_lines(option):
    names = ", ".join(f"\\fB{escaped(name)}\\fP" for name in option["names"])
    facts = [option["range"]] if "range" in option else []
    facts += ["default: " + option["default"]] if "default" in option else []
    facts += ["required"] if option["required"] and option["names"] else []
    help_text = prose(option["help"]) + (f" ({escaped('; '.join(facts))})" if facts else "")
    return [".TP", " ".join(filter(None, (names, shown_value(option)))), help_text + "."]


def option_sections(options):
    """The options under the headings of the help text: first the command's own, last those that all commands have."""
    groups = {"Options": []}
    for option in options:
        groups.setdefault(option.get("group") or "Options", []).append(option)
    groups["General"] = groups.pop("General", [])
    lines = [".SH OPTIONS"]
    for group, members in groups.items():
        lines += [f".SS {escaped(group)}"] if members and group != "Options" else []
        lines += [line for option in members for line in option_lines(option)]
    return lines


def page(command, program, parents):
    """The whole page. `program` is the list's root; `parents` are the commands above, outermost first."""
    name = page_name(command)
    lines = [f".TH {escaped(name).upper()} 1 \"\" \"unspin {escaped(program['version'])}\" \"unspin\"",
             ".SH NAME", f"{escaped(name)} \\- {prose(purpose(command))}",
             ".SH SYNOPSIS", synopsis(command),
             ".SH DESCRIPTION", description(command)]
    for note in command["notes"]:
        lines += [".PP", prose(note)]
    if command["arguments"]:
        lines += [".SH ARGUMENTS"]
        lines += [line for argument in command["arguments"] for line in option_lines(argument)]
    if command["commands"]:
        lines += [".SH COMMANDS"]
        for below in command["commands"]:
            lines += [".TP", f"\\fB{escaped(page_name(below))}\\fP(1)", prose(purpose(below)) + "."]
    lines += option_sections(command["options"])
    lines += [".SH EXIT STATUS"]
    for status in program["exit_statuses"]:
        lines += [".TP", f"\\fB{status['status']}\\fP", prose(status["meaning"]) + "."]
    if command["examples"]:
        lines += [".SH EXAMPLES"]
        lines += [".nf", "\n.sp\n".join(map(escaped, command["examples"])), ".fi"]
    related = [page_name(other) for other in parents + command["commands"]]
    if related:
        lines += [".SH SEE ALSO", ",\n".join(f"\\fB{escaped(other)}\\fP(1)" for other in related)]
    return "\n".join(lines) + "\n"


def pages(program, command=None, parents=()):
    """→ {file name: text} of the command and all commands below it."""
    command = command or program
    made = {page_name(command) + ".1": page(command, program, list(parents))}
    for below in command["commands"]:
        made.update(pages(program, below, (*parents, command)))
    return made
