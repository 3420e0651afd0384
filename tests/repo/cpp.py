"""C++ read roughly: comments and literals blanked out, functions found by their braces."""

import re

# A comment, a raw string, a string, a character, or a digit separator's number (1'000), which is no character.
TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\b\d[\w.\']*|\'(?:\\.|[^\'\\\n])+\'', re.DOTALL)
DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n\\]|\\\n|\\.)*", re.MULTILINE)
TEMPLATE = re.compile(r"\btemplate\s*<(?:[^<>]|<[^<>]*>)*>")
NO_FUNCTION = re.compile(r"\b(?:namespace|class|struct|union|enum|extern)\b")
# What may stand between the parameters of a function and its body.
AFTER_PARAMETERS = re.compile(r"\)\s*(?:const|noexcept|override|final|try|mutable|[A-Z][A-Z_]+|&|\s)*(?:->[^{}();]*)?$")


def blank(text):
    """`text` with comments, literals and preprocessor directives replaced by spaces; lines stay where they are."""
    def spaces(match):
        return re.sub(r"[^\n]", " ", match.group())
    text = TOKEN.sub(lambda match: match.group() if match.group()[0].isdigit() else spaces(match), text)
    return DIRECTIVE.sub(spaces, text)


def is_function(head):
    """Whether `head`, the text between the end of the declaration before and a brace, begins the body of a function."""
    head = TEMPLATE.sub("", re.sub(r"\b(?:public|private|protected)\s*:", "", head))
    before_parameters = head.split("(", 1)[0]
    if "(" not in head or NO_FUNCTION.search(before_parameters) or ("=" in before_parameters and "operator" not in before_parameters):
        return False
    # Members may be initialised between the parameters and the body: `) : a_(b), c_{d} {`.
    return bool(AFTER_PARAMETERS.search(head) or re.search(r"\)\s*(?:noexcept\s*)?:(?!:)", head))


def functions(text):
    """→ [(name, first line, last line)], lines counted from 1, of the functions that are not inside of another."""
    code = blank(text)
    found = []
    depth = 0
    inside = None  # (name, first line, depth) of the function that is open
    begin = 0      # of the declaration that is being read
    parentheses = 0
    for at, character in enumerate(code):
        if inside is None and character in "()":
            parentheses += 1 if character == "(" else -1
        if character == "{":
            head = code[begin:at]
            if inside is None and parentheses == 0 and is_function(head):
                name = re.findall(r"[\w:~]+", head.split("(", 1)[0])
                first = begin + len(head) - len(head.lstrip())
                inside = (name[-1] if name else "operator", code.count("\n", 0, first) + 1, depth)
            elif inside is None and parentheses == 0:
                begin = at + 1
            depth += 1
        elif character == "}":
            depth -= 1
            if inside is not None and depth == inside[2]:
                # A member initialised by braces, and not yet the body: `: a_{b}, c_(d) {`.
                follows = code[at + 1:].lstrip()[:1]
                head = code[begin:at]
                if follows in (",", "{") and re.search(r"\)\s*(?:noexcept\s*)?:(?!:)[^{}]*\{[^{}]*$", head):
                    inside = None
                    continue
                found.append((inside[0], inside[1], code.count("\n", 0, at) + 1))
                inside = None
                begin = at + 1
            elif inside is None and parentheses == 0:
                begin = at + 1
        elif character == ";" and inside is None and parentheses == 0:
            begin = at + 1
    return found


def comment_above(lines, first):
    """The comment that ends right above line `first`, counted from 1."""
    above = []
    at = first - 2
    while at >= 0 and lines[at].lstrip().startswith("//"):
        above.append(lines[at].strip())
        at -= 1
    return "\n".join(reversed(above))
