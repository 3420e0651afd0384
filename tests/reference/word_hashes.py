"""Reference implementation of docs/words.md in plain integers: words of ASCII texts, their hashes, shingles, sketches.

It shares no code with the program, whose results must equal these.
"""

import re

MASK = (1 << 64) - 1
KEY, C0, C1, C2 = 0x6A09E667F3BCC909, 0x9E3779B97F4A7C15, 0xBB67AE8584CAA73B, 0xA54FF53A5F1D36F1


def is_letter(text, at):
    return 0 <= at < len(text) and "a" <= text[at].lower() <= "z"


def is_digit(text, at):
    return 0 <= at < len(text) and "0" <= text[at] <= "9"


def is_intruder(character):
    """A control character that is no white space."""
    return 0 < ord(character) < 9 or 13 < ord(character) < 32 or ord(character) == 127


def behind_intruders(text, at):
    while at < len(text) and is_intruder(text[at]):
        at += 1
    return at


def last_is_letter(text, at):
    """Whether the last character before `at` that is no intruder is a letter."""
    at -= 1
    while at >= 0 and is_intruder(text[at]):
        at -= 1
    return is_letter(text, at)


def spelling(text, breaks):
    text = BREAK.sub("", text) if breaks else text
    return "".join(c for c in text if not is_intruder(c)).replace("`", "'").lower()


BREAK = re.compile("(?<=[a-z])-\r?\n(?=[a-z])")


def has_broken_words(text):
    """Whether a program broke words at line ends."""
    broken = len(BREAK.findall(text))
    return broken > 0 and 8 * broken >= text.count("\n")


def word_end(text, begin, breaks):
    """Where the word that begins with a letter or digit ends."""
    at, letters = begin, 0
    while at < len(text):
        if breaks and (found := BREAK.match(text, at)):
            at = found.end()
            continue
        if is_letter(text, at):
            letters += 1
        elif not is_digit(text, at):
            apostrophe = text[at] in "'`" and is_letter(text, at - 1) and is_letter(text, at + 1)
            number = text[at] in ".," and is_digit(text, at - 1) and is_digit(text, at + 1)
            single = letters == 1 or text[begin:at][-2:-1] == "."
            initials = (text[at] == "." and single and is_letter(text, at - 1) and is_letter(text, at + 1)
                        and not is_letter(text, at + 2))
            intruder = is_intruder(text[at]) and last_is_letter(text, at) and is_letter(text, behind_intruders(text, at))
            if not (apostrophe or number or initials or intruder):
                break
        at += 1
    return at


def words(text):
    """The words of an ASCII text."""
    breaks = has_broken_words(text)
    found, at, number_end = [], 0, None  # number_end: where the last word ends, if it begins with a digit
    while at < len(text):
        if is_letter(text, at) or is_digit(text, at):
            end = word_end(text, at, breaks)
            found.append(spelling(text[at:end], breaks))
            number_end = end if is_digit(text, at) else None
            at = end
            continue
        if text[at] == "%" and number_end is not None and not text[number_end:at].strip(" \t"):
            found.append("percent")
            number_end = None
        at += 1
    return found


def word_hash(word):
    data = word.encode("utf-8")
    state = KEY ^ len(data) * C0 & MASK
    for at in range(0, max(len(data), 1), 16):
        block = int.from_bytes(data[at:at + 16], "little")
        low, high = block & MASK, block >> 64
        product = (low ^ C1 ^ state) * (high ^ C2 ^ rotated(state, 32))
        state = product & MASK ^ product >> 64
    return state


def rotated(value, bits):
    return (value << bits | value >> 64 - bits) & MASK if bits else value


def mix64(value):
    value = value + C0 & MASK
    value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9 & MASK
    value = (value ^ value >> 27) * 0x94D049BB133111EB & MASK
    return value ^ value >> 31


def shingles(hashes):
    """The hash of every five neighbouring words."""
    return [mix64(5 + sum(rotated(hashes[i + j], 13 * j) for j in range(5)) & MASK) for i in range(len(hashes) - 4)]


def mix32(value, seed):
    value ^= seed
    value = (value ^ value >> 16) * 0x7FEB352D & 0xFFFFFFFF
    value = (value ^ value >> 15) * 0x846CA68B & 0xFFFFFFFF
    return value ^ value >> 16


def sketch(shingle_hashes):
    """The 128 components."""
    elements = {(value ^ value >> 32) & 0xFFFFFFFF for value in shingle_hashes}
    components = [0xFFFFFFFF] * 128
    for round_number in range(256 if elements else 0):
        seed = mix64(round_number) & 0xFFFFFFFF
        for element in elements:
            value = mix32(element, seed)
            component = value % 128 if round_number < 128 else round_number - 128
            components[component] = min(components[component], round_number << 24 | value >> 8, 0xFFFFFFFE)
        if 0xFFFFFFFF not in components:
            break
    return tuple(components)
