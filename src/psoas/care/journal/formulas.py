"""Names in a CSV file that a spreadsheet would run, made harmless, and read back as they were."""

import re

# What a cell may begin with to be a formula: the plain marks and the wide ones that some
# spreadsheets take for them. A cell also begins after ";", where that parts the columns, and
# blanks or quotes before the mark may be dropped.
_BEGINNING = r"""[\s"']*[=+\-@＝＋－＠\t\r]"""
_RUNS = re.compile(rf"(^|;)(?={_BEGINNING})")
_MADE_HARMLESS = re.compile(rf"(^|;)'(?={_BEGINNING})")


def without_formula(name: str) -> str:
    return _RUNS.sub(r"\1'", name)


def with_formula(name: str) -> str:
    """The name that ``without_formula`` was given."""
    return _MADE_HARMLESS.sub(r"\1", name)
