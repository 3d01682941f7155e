"""Numbers as forms and phones send them: 6 stays 6, 6.0 stays 6.0."""

import math
from typing import Any


class NotANumber(Exception):
    """The value is no finite number."""


def read_number(value: Any) -> int | float:
    if isinstance(value, bool):
        # JSON's true is not a pain of one.
        raise NotANumber
    if isinstance(value, str):
        text = value.strip().replace(",", ".")
        if len(text) > 24:
            raise NotANumber
        try:
            value = int(text) if text.lstrip("+-").isdecimal() and text.isascii() else float(text)
        except ValueError:
            raise NotANumber from None
    try:
        if not isinstance(value, int | float) or not math.isfinite(value):
            raise NotANumber
    except OverflowError:
        # A whole number of hundreds of digits.
        raise NotANumber from None
    return value
