"""The compiled arithmetic, made ready before somebody waits for an answer."""

import sys

from psoas.content.language import gettext as _
from psoas.diary.answers.compiled import is_prepared


def make_ready() -> None:
    """Compile it where that was not done yet, and say that this takes a while."""
    if is_prepared():
        return
    from psoas.diary.answers.prepare import prepare

    print(_("Preparing the arithmetic (half a minute, once) …"), file=sys.stderr, flush=True)
    prepare()
