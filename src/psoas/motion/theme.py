"""The colours of a figure that stands alone: a file, a print. Pages use ``figure.css`` instead.

Classes, one letter each: s skin, t top, u the edge of the near sleeve, l leggings, h hair, e ear,
n neck; capitals the same one step darker for the far side; m the working muscle, w its glow, i its
fibres; g ghost, k arrow; f floor, y shadow; a mat, c and d what is soft, o what is hard, q water
and r its line.
"""

from collections.abc import Mapping
from typing import Literal

Theme = Literal["light", "dark", "print"]

COLOURS: Mapping[str, Mapping[str, str]] = {
    "light": {
        "s": "#D8B69A",
        "S": "#BB967A",
        "n": "#C6A286",
        "e": "#C39C80",
        "t": "#417D7F",
        "T": "#33676B",
        "u": "#33676B",
        "l": "#384B56",
        "L": "#283843",
        "h": "#463026",
        "m": "#C96E42",
        "w": "#D9824F",
        "i": "#F6D3BB",
        "g": "#BFE0DC",
        "k": "#02575C",
        "f": "#DCD2C4",
        "y": "#C4B8A8",
        "a": "#B9CDC6",
        "c": "#D9B88C",
        "d": "#C6A276",
        "o": "#B9A894",
        "q": "#9CCFD0",
        "r": "#4E9A9C",
    },
    "dark": {
        "s": "#BB9679",
        "S": "#8E6C55",
        "n": "#A37F66",
        "e": "#9A765E",
        "t": "#407677",
        "T": "#2F5C5F",
        "u": "#2F5C5F",
        "l": "#435561",
        "L": "#2E3B46",
        "h": "#4E3529",
        "m": "#D98350",
        "w": "#EAA374",
        "i": "#F9D6BD",
        "g": "#23504F",
        "k": "#83CAC5",
        "f": "#3D352E",
        "y": "#2B2520",
        "a": "#35504A",
        "c": "#806240",
        "d": "#665034",
        "o": "#5B5046",
        "q": "#2C6A6C",
        "r": "#83CAC5",
    },
    "print": {
        "s": "#FFF",
        "S": "#E4E4E4",
        "n": "#F1F1F1",
        "e": "#DDD",
        "t": "#C9C9C9",
        "T": "#ABABAB",
        "u": "#222",
        "l": "#8E8E8E",
        "L": "#6F6F6F",
        "h": "#3A3A3A",
        "m": "#FFF",
        "w": "none",
        "i": "#000",
        "g": "#E8E8E8",
        "k": "#000",
        "f": "#BBB",
        "y": "none",
        "a": "#DEDEDE",
        "c": "#F4F4F4",
        "d": "#E2E2E2",
        "o": "#D2D2D2",
        "q": "#E9E9E9",
        "r": "#777",
    },
}

_LINES = (
    ".i,.k,.r,.u{fill:none;stroke-linecap:round;stroke-linejoin:round}"
    ".i{stroke-width:2}.u{stroke-width:2.4}.k{stroke-width:5.6}.r{stroke-width:4}.w{opacity:.6}.q{opacity:.4}"
)
# On paper an edge, not a colour, tells the parts from each other.
_EDGES = (
    ".s,.S,.n,.t,.T,.l,.L,.h,.c,.d,.o,.a{stroke:#222;stroke-width:1.6}"
    ".m{stroke:#000;stroke-width:4}.i{stroke-width:3}"
)


def style(theme: Theme) -> str:
    """Return the rules of one theme, for a ``style`` element."""
    colours = COLOURS[theme]
    rules = [
        f".{name}{{{'stroke' if name in 'ikru' else 'fill'}:{colour}}}"
        for name, colour in colours.items()
    ]
    return "".join((*rules, _LINES, _EDGES if theme == "print" else ""))
