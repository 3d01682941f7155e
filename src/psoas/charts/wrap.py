"""Words in a picture: how wide they are at most, and where a line of them ends.

SVG breaks no lines, and which font a browser takes is not known here. The widths are those of the
widest of the common system fonts, so that in any of them a line stays within its room.
"""

from functools import lru_cache
from unicodedata import combining, east_asian_width

ELLIPSIS = "…"
# In units of the font size, by the letters that have it.
_BY_WIDTH = {
    0.32: " ,.:;'|!ijlI·",
    0.42: '()[]"fr/\\t-‘’“”°{}',
    0.70: "ABCDEFGHKLNPRSTUVXYZ&€ﬁ",
    0.86: "+−±=<>~#^%GOQwÆŒæœ…",
    1.02: "MWm@—",
}
_WIDTHS = {letter: width for width, letters in _BY_WIDTH.items() for letter in letters}
_USUAL, _CAPITAL, _WIDE = 0.645, 0.78, 1.05
# Sentences say the same words again and again.
_REMEMBERED = 4096


def width_of(words: str, size: float) -> float:
    """Return the most room a line takes, in units of the picture.

    Args:
        words: The line.
        size: Its font size.
    """
    return size * _width(words)


@lru_cache(_REMEMBERED)
def _width(words: str) -> float:
    return sum(map(_letter, words))


def _letter(letter: str) -> float:
    if letter in _WIDTHS:
        return _WIDTHS[letter]
    if letter.isascii():
        return _USUAL
    if combining(letter):
        return 0.0
    if east_asian_width(letter) in "WF" or ord(letter) > 0xFFFF:
        return _WIDE
    return _CAPITAL if letter.isupper() else _USUAL


def shorten(words: str, room: float, size: float) -> str:
    """Return the line, or as much of its beginning as fits with a sign that more follows."""
    if width_of(words, size) <= room:
        return words
    left = room - width_of(ELLIPSIS, size)
    return words[: _fitting(words, left, size)].rstrip() + ELLIPSIS


def wrap(words: str, room: float, size: float, most: int) -> list[str]:
    """Break words into lines; a word longer than a line is cut where the line ends.

    Args:
        words: What is to be said.
        room: How wide a line may be.
        size: The font size.
        most: How many lines there may be; what is beyond them is left out with a sign.
    """
    lines, line, taken = [], "", 0.0
    for word in words.split():
        wide = size * _width(word)
        after = taken + wide + size * _WIDTHS[" "]
        if line and after <= room:
            line, taken = f"{line} {word}", after
            continue
        if line:
            lines.append(line)
        while wide > room:
            cut = max(_fitting(word, room, size), 1)
            lines.append(word[:cut])
            word = word[cut:]
            wide = width_of(word, size)
        line, taken = word, wide
    lines.append(line)
    if len(lines) > most:
        lines[most - 1] = shorten(lines[most - 1] + " " + lines[most], room, size)
    return lines[:most]


def _fitting(words: str, room: float, size: float) -> int:
    """Return how many letters fit."""
    for count, letter in enumerate(words):
        room -= size * _letter(letter)
        if room < 0:
            return count
    return len(words)
