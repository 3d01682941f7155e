"""What is wrong with a diary file, in sentences that say where to look."""

from dataclasses import dataclass

from psoas.content.language import gettext as _
from psoas.content.language import ngettext

SHOWN = 8


@dataclass(frozen=True)
class Problem:
    """One thing that stops a file from being read.

    Attributes:
        file: The name the person knows the file by.
        line: Line in the file, from 1; None when the whole file is meant.
        column: Column name; None when the whole line is meant.
        message: One plain sentence.
    """

    file: str
    line: int | None
    column: str | None
    message: str

    def __str__(self) -> str:
        if self.line is None:
            return _("{file}: {message}").format(file=self.file, message=self.message)
        if self.column is None:
            return _("{file}, line {line}: {message}").format(
                file=self.file, line=self.line, message=self.message
            )
        return _("{file}, line {line}, column {column}: {message}").format(
            file=self.file, line=self.line, column=self.column, message=self.message
        )


class DiaryRefused(Exception):  # noqa: N818  (a refusal is an answer, not a fault)
    """A diary file that cannot be read as it is; nothing of it was taken."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        lines = [str(problem) for problem in self.problems[:SHOWN]]
        more = len(self.problems) - SHOWN
        if more > 0:
            lines.append(
                ngettext(
                    "And {n} more line like these.", "And {n} more lines like these.", more
                ).format(n=f"{more:,}")
            )
        return "\n".join(lines)
