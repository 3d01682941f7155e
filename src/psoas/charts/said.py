"""An answer's sentence as a picture says it: it asks nothing where nothing can be tapped."""

from psoas.content.language import gettext as _
from psoas.diary.answers.answer import Answer
from psoas.diary.answers.sentences import sentence


def said_of(answer: Answer, name: str | None = None) -> str:
    """Return what may be said of an answer, without the invitation to test it.

    Args:
        answer: The answer.
        name: What its trigger is called; its own name by default.
    """
    return sentence(answer, name).removesuffix(_("Test it?")).rstrip()
