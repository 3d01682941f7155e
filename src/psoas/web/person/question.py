"""One question a screen: answered by a tap, left out, gone back to; then what follows from it.

What follows is never decided here. The moment an answer asks for the suicide step, that is the
next screen: before any other question and before any score.
"""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from psoas.care.assessment import mind, replies
from psoas.care.assessment.reply_rows import ASQ, PC_PTSD, OpenReply
from psoas.care.assessment.suicide_step import AFTER_ITEM_9
from psoas.care.people.refusal import Refusal
from psoas.content.questionnaire import Item
from psoas.web.doors import door, viewer_of

# More numbers than this do not fit under a thumb; then one is typed.
MOST_BUTTONS = 12
# A question that is longer has its last sentence set apart.
LONG = 140


@dataclass(frozen=True)
class Choice:
    """One answer as a button."""

    value: str
    label: str
    chosen: bool


@door("inside")
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    reply = replies.read(viewer, key)
    if request.method != "POST":
        if reply.finished_at is not None:
            return redirect("question-done", key)
        # Come back to by another way than Back: what an answer opened still comes first.
        came_back = reply.opened is not None and "n" not in request.GET
        if came_back and mind.after(reply, now).kind != "questions":
            return _onward(request, reply)
        return _ask(request, reply, _number(request.GET.get("n", ""), reply))
    number = _number(request.POST.get("number", ""), reply)
    try:
        answered = replies.answer(
            viewer, key, number, _given(request), revision=_revision(request), now=now
        )
        if _is_over(answered, number) and answered.finished_at is None:
            if not any(each is not None for each in answered.answers):
                messages.info(request, _("Nothing was answered, and that is all right."))
                return redirect("questions")
            answered = replies.finish(viewer, key, revision=answered.revision, now=now)
    except Refusal as refusal:
        return _ask(request, replies.read(viewer, key), number, refusal)
    return _onward(request, answered)


def _is_over(reply: OpenReply, number: int) -> bool:
    """Nothing is left to ask; or the person has named all the things they wanted to name."""
    item = reply.item(number)
    named_all = item.kind == "text" and not item.required and number in reply.left_out
    return named_all or not reply.waiting


def _onward(request: HttpRequest, reply: OpenReply) -> HttpResponse:
    following = mind.after(reply, timezone.now())
    if following.kind in ("phq-9", "gad-7") and following.reply:
        messages.info(request, _("These answers lead to a few more questions, of the same kind."))
    if following.kind in ("questions", "suicide-step", "phq-9", "gad-7") and following.reply:
        return redirect("question", following.reply)
    return redirect("question-done", reply.id)


def _given(request: HttpRequest) -> str | None:
    return None if "skip" in request.POST else request.POST.get("value", "")


def _revision(request: HttpRequest) -> int:
    text = request.POST.get("revision", "")
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def _number(text: str, reply: OpenReply) -> int:
    """The question that was asked for, as far as it is one of those asked; else the next."""
    number = int(text) if text.isdecimal() and len(text) < 4 else 0
    if number in reply.to_ask:
        return number
    return reply.next_number or reply.to_ask[-1]


def _ask(
    request: HttpRequest, reply: OpenReply, number: int, refusal: Refusal | None = None
) -> HttpResponse:
    item, place = reply.item(number), reply.to_ask.index(number)
    counted = _counted(reply)
    before, ask = wording(reply, item)
    options = choices(item, reply.answers[number - 1])
    typed = request.POST.get("value", "") if refusal else _as_typed(reply.answers[number - 1])
    context = {
        "reply": reply,
        "questionnaire": reply.questionnaire,
        "item": item,
        "before": before,
        "ask": ask,
        "options": options,
        "asks": f"person/questions/{_kind(item, options)}.html",
        "typed": typed,
        "step": reply.slug == ASQ,
        "told": _told(request, reply),
        "heard": reply.because == AFTER_ITEM_9,
        "place": place + 1,
        "of": counted,
        "beyond": place >= counted,
        "back": _back(reply, place),
        "why": "" if place else _why(reply),
        # What leads into the questions that count does not lead into one that is not counted.
        "recall": reply.questionnaire.recall_label if item.scored else "",
        "skip_label": _skip_label(reply),
        "skip_note": _skip_note(reply, item),
        "wrong": [text for texts in refusal.fields.values() for text in texts] if refusal else [],
    }
    return render(request, "person/questions/one.html", context, status=422 if refusal else 200)


def _counted(reply: OpenReply) -> int:
    """How many are asked, as its name says; what is asked after them, uncounted, comes on top."""
    numbers = list(reply.to_ask)
    while len(numbers) > 1 and not reply.item(numbers[-1]).scored:
        numbers.pop()
    return len(numbers)


def _told(request: HttpRequest, reply: OpenReply) -> str:
    """Who hears of the suicide step, by the person's own choice."""
    if reply.slug != ASQ:
        return ""
    return ", ".join(mind.who_would_hear(viewer_of(request).known, timezone.now()))


def _back(reply: OpenReply, place: int) -> str:
    if not place:
        return reverse("questions")
    return f"{reverse('question', args=[reply.id])}?n={reply.to_ask[place - 1]}"


def wording(reply: OpenReply, item: Item) -> tuple[str, str]:
    """What stands before the question, and the question.

    Before it: what the person named, where it is about that; or the longer part of a long one, so
    that the question itself is what stands out.
    """
    named = reply.answers[item.named_by - 1] if item.named_by else None
    if named:
        return str(named), item.label
    before, between, question = item.label.rpartition(". ")
    if between and len(item.label) > LONG:
        return f"{before}.", question
    return "", item.label


def choices(item: Item, answer: object) -> tuple[Choice, ...]:
    """The answers of a question as buttons; none, where a number or words are typed."""
    if item.kind == "choice":
        found = [(option.value, option.said) for option in item.options]
    elif item.kind == "yes-no":
        found = [(1.0, _("Yes")), (0.0, _("No"))]
    elif item.kind == "number" and item.whole and item.high - item.low < MOST_BUTTONS:
        found = [(float(n), str(n)) for n in range(int(item.low), int(item.high) + 1)]
    else:
        return ()
    return tuple(Choice(f"{value:g}", label, answer == value) for value, label in found)


def _kind(item: Item, options: tuple[Choice, ...]) -> str:
    if not options:
        return "typed"
    return "scale" if item.kind == "number" else "choice"


def _as_typed(answer: object) -> str:
    return f"{answer:g}" if isinstance(answer, float | int) else str(answer or "")


def _why(reply: OpenReply) -> str:
    if reply.slug == ASQ:
        if reply.because == AFTER_ITEM_9:
            return _(
                "Before anything else, a few short questions, because of your last answer. They "
                "are about thoughts of ending one’s life, and decide only whom to show you."
            )
        return _(
            "A few short questions about thoughts of ending one’s life. They decide only whom to "
            "show you."
        )
    return reply.questionnaire.why_label


def _skip_label(reply: OpenReply) -> str:
    return _("Rather not say") if reply.slug in (ASQ, PC_PTSD) else _("Leave this out")


def _skip_note(reply: OpenReply, item: Item) -> str:
    if reply.slug == ASQ:
        return _("What is left out here counts as a yes, so that nobody is left without help.")
    if reply.slug == PC_PTSD:
        return _("You need not tell what happened, here or anywhere in psoas.")
    if item.required:
        return _("Where too much is left out, there is no number at the end.")
    return ""
