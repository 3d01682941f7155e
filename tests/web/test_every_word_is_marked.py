"""Every page in a made-up language: whatever stays English was not marked for translation."""

import re
from datetime import timedelta
from html.parser import HTMLParser
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from psoas.care.assessment import plans, replies, screenings, walking
from psoas.care.experiment import changing, deciding
from psoas.care.experiment.sealing import State
from psoas.care.journal import notebook, writing
from psoas.care.journal.models import DAY
from psoas.care.people.access import Viewer
from psoas.care.programme import everyday, preferences, sessions, walks
from psoas.care.programme import plans as plans_of_moving
from psoas.content.redflags import questions
from tests import cast
from tests.care.assessment.asking import done
from tests.care.assessment.checks import go_through
from tests.care.experiment.lab import begin
from tests.care.experiment.lab import write_days as write_experiment
from tests.care.journal.diary_of import write_days

OPEN, CLOSE = "⟦", "⟧"
PERSONS_PAGES = (
    "/",
    "/now/",
    "/days/",
    "/days/new/",
    "/weeks/",
    "/try/",
    "/try/new/",
    "/try/new/?from=sitting-breaks",
    "/try/new/?from=anniversary",
    "/try/new/?own=1",
    "/answers/",
    "/answers/words/",
    "/care/",
    "/check/",
    "/check/night/",
    "/letter/",
    "/move/",
    "/move/e01/",
    "/move/everyday/",
    "/move/flare/",
    "/move/flare/?write=1",
    "/move/go/",
    "/move/morning/",
    "/move/outside/",
    "/move/outside/?kind=walk",
    "/move/plan/",
    "/move/set-up/",
    "/move/set-up/?n=4",
    "/move/set-up/?n=5",
    "/move/sheet/",
    "/progress/",
    "/questions/",
    "/me/",
    "/me/careful/",
    "/me/own/",
    "/me/reminders/",
    "/me/suspects/",
    "/me/import/",
    "/me/export/",
    "/me/sharing/",
    "/me/record/",
    "/me/lock/",
    "/me/erase/",
    "/me/keys/",
    "/help/",
)
OPEN_PAGES = (
    "/in/",
    "/help/",
    "/closed/",
    "/now/shell/",
    "/now/shell/care/",
    "/now/shell/move/",
    "/enter/nothing/",
)
OWNERS_PAGES = ("/people/", "/people/clinic/", "/people/invite/")
SPOKEN = ("aria-label", "placeholder", "alt", "title", "data-text", "aria-description")
# Not sentences: names people gave, the discreet name, addresses, zones, languages' own names.
NOT_TRANSLATED = re.compile(
    r"\w+@example\.org|Mara|Tom|Olga|Ines|Linden|Notes|English|kestrelword|https?://|CSV|JSON|UTC"
    r"|[A-Z]\w+/[A-Z]\w+|psoas|day,pain|\.csv"
)


class Words(HTMLParser):
    """The text a reader meets, outside the marks that a translated string wears."""

    def __init__(self) -> None:
        super().__init__()
        self.depth, self.skip, self.cites = 0, 0, False
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.skip += tag in {"script", "style", "option", "code", "pre", "cite"}
        # Where something is known from is cited as it was published.
        cites = tag == "details" and ("class", "source") in attrs
        self.cites |= cites
        self.skip += cites
        for name, value in attrs:
            if name in SPOKEN and value:
                self._read(value)

    def handle_endtag(self, tag):
        self.skip -= tag in {"script", "style", "option", "code", "pre", "cite"}
        if tag == "details" and self.cites:
            self.cites, self.skip = False, self.skip - 1

    def handle_data(self, data):
        if not self.skip:
            self._read(data, running=True)

    def _read(self, text, *, running=False):
        depth = self.depth if running else 0
        outside = []
        for mark in text:
            if mark == OPEN:
                depth += 1
            elif mark == CLOSE:
                depth -= 1
            elif depth == 0:
                outside.append(mark)
        if running:
            self.depth = depth
        left = NOT_TRANSLATED.sub("", "".join(outside))
        if re.search(r"[A-Za-z]{2}", left):
            self.found.append(" ".join(left.split()))


@pytest.fixture
def made_up_language(monkeypatch):
    real = translation._trans  # type: ignore[attr-defined]

    def wrap(text):
        # Format strings are wrapped outside, so that their placeholders still fill.
        return f"{OPEN}{text}{CLOSE}" if text and str(text).strip() else text

    monkeypatch.setattr(real, "gettext", wrap)
    monkeypatch.setattr(real, "ngettext", lambda one, many, n: wrap(one if n == 1 else many))
    monkeypatch.setattr(real, "pgettext", lambda context, text: wrap(text))
    monkeypatch.setattr(
        real, "npgettext", lambda context, one, many, n: wrap(one if n == 1 else many)
    )


def unmarked(client, page):
    response = client.get(page, follow=True)
    words = Words()
    words.feed(response.content.decode())
    return words.found


@pytest.mark.django_db
@pytest.mark.parametrize("page", PERSONS_PAGES)
def test_a_persons_page_has_no_unmarked_word(page, client, made_up_language):
    cast.installation()
    mara, ines = cast.mara(), cast.ines()
    cast.under_care(ines, mara, "pain")
    raw = {
        "pain": 4,
        "worst": 6,
        "places": ["front-left-groin"],
        "feelings": {"worried": 2},
        "triggers": {"deadline": 1},
        "helped": ["heat"],
        "hindered": ["stairs"],
        "scales": {"sleep": 5},
        "words": "kestrelword",
        "asked": {"triggers": True, "feelings": True},
    }
    writing.write_entry(Viewer(mara), raw, entry_id=uuid4(), kind=DAY, now=timezone.now())
    if page == "/answers/":
        write_days(mara, timezone.localdate() - timedelta(days=130), 130, cause="long-sitting")
        notebook.name_suspects(Viewer(mara), [("stairs", True)], now=timezone.now())
    if page.startswith("/move/"):
        moving(mara)
    client.force_login(mara)
    assert unmarked(client, page) == []


def moving(person):
    """Behind the check, with a plan, a week of walking, and a walk that waits for its morning."""
    viewer, now = Viewer(person), timezone.now()
    quiet = walking.quiet(questions())
    screenings.whole(viewer, quiet, key=uuid4(), kind="full", at=now, now=now)
    told = {"categories": ["gtp"], "conditions": ["wrists-hurt"], "goals": ["walking"]}
    preferences.tell(viewer, {**told, "likes": ["figure-4"]}, now)
    for _version in range(2):
        plans_of_moving.make(viewer, now)
    walks.begin(viewer, "walk", ["10", "12", "11"], now, goal="20")
    everyday.choose(viewer, "easy-shoes", now)
    sessions.record(viewer, "walk", 15, 2, 3, now - timedelta(days=1))


@pytest.mark.django_db
@pytest.mark.parametrize("page", OPEN_PAGES)
def test_an_open_page_has_no_unmarked_word(page, client, made_up_language):
    cast.installation()
    assert unmarked(client, page) == []


@pytest.mark.django_db
@pytest.mark.parametrize("page", OWNERS_PAGES)
def test_an_owners_page_has_no_unmarked_word(page, client, made_up_language, settings):
    cast.installation()
    settings.DEMO, settings.LOOPBACK = True, True
    client.force_login(cast.olga())
    assert unmarked(client, page) == []


@pytest.mark.django_db
@pytest.mark.parametrize("day", [-1, 20, 83, 84, 86])
def test_an_experiment_has_no_unmarked_word_in_any_state(day, client, made_up_language):
    cast.installation()
    mara = cast.mara()
    viewer = Viewer(mara)
    began = timezone.now() - timedelta(days=day + 1)
    key = begin(viewer, now=began)
    found = write_experiment(viewer, key, noise=1.0, days=day, skip=frozenset({1, 2, 7}))
    client.force_login(mara)
    pages = ["/", "/try/", f"/try/{key}/"]
    assert [unmarked(client, page) for page in pages] == [[], [], []]
    if found.state(timezone.localdate()) is State.OVER:
        deciding.reveal(viewer, key, now=timezone.now())
    else:
        changing.stop(viewer, key, now=timezone.now())
    assert [unmarked(client, page) for page in pages] == [[], [], []]


@pytest.mark.django_db
@pytest.mark.parametrize("after", [(7, 7, 7), (9, 9, 9), (3, 3, 3)])
def test_what_changes_has_no_unmarked_word(after, client, made_up_language):
    cast.installation()
    mara, now = cast.mara(), timezone.now()
    viewer, began = Viewer(mara), now - timedelta(days=43)
    plans.begin(viewer, ["nprs", "peg", "own-activities"], began)
    for at, (pain, *_three) in ((began, (7, 8, 6)), (now, after)):
        done(viewer, "peg", (7, 8, 6) if at == began else after, now=at)
        done(viewer, "nprs", [pain, None, None], now=at)
    client.force_login(mara)
    assert [unmarked(client, page) for page in ("/", "/progress/")] == [[], []]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "given",
    [
        {},
        {"RF04": "yes"},
        {"RF13": "yes"},
        {"RF15": "yes", "RF17": "yes", "RF17.features": ["waking"]},
        {"RF16": "yes", "RF16.time": "later", "RF16.approach": "posterior"},
        {"age": "under-16"},
    ],
    ids=["G", "E", "S", "C", "M", "under 16"],
)
def test_what_comes_of_the_check_has_no_unmarked_word(given, client, made_up_language):
    cast.installation()
    mara = cast.mara()
    round_ = go_through(mara, given, now=timezone.now())
    client.force_login(mara)
    pages = [
        reverse(name, args=[round_.id]) for name in ("check-result", "check-print", "check-told")
    ]
    pages += ["/", "/care/", "/calm/", "/calm/breath/", "/calm/position/"]
    assert {page: unmarked(client, page) for page in pages} == dict.fromkeys(pages, [])


@pytest.mark.django_db
def test_a_question_of_the_check_has_no_unmarked_word(client, made_up_language):
    cast.installation()
    mara, now = cast.mara(), timezone.now()
    round_ = screenings.begin(Viewer(mara), "full", now)
    client.force_login(mara)
    quiet = walking.quiet(round_.question_set)
    given = {
        "RF16": "yes",
        "RF16.time": "later",
        "RF16.approach": "posterior",
        "RF17": "yes",
        "RF17.features": (),
    }
    here = reverse("check-one", args=[round_.id])
    while round_.next:
        if round_.next in {"age", "RF01", "RF16.time", "RF17.features"}:
            assert unmarked(client, here) == []
        value = given.get(round_.next, quiet.get(round_.next, "no"))
        round_ = screenings.answer(
            Viewer(mara), round_.id, round_.next, value, revision=round_.revision, now=now
        )


@pytest.mark.django_db
def test_questions_and_what_follows_them_have_no_unmarked_word(client, made_up_language):
    cast.installation()
    mara, now = cast.mara(), timezone.now()
    viewer = Viewer(mara)
    client.force_login(mara)
    met = []
    for slug, answers in (
        ("peg", (7, 8, 6)),
        ("pc-ptsd-5", (1, 1, 1, 1, 1, 1)),
        ("phq-9", (3, 3, 3, 3, 3, 3, 3, 3, 0, 2)),
        ("asq", (0, 0, 0, 0)),
        ("asq", (1, 0, 0, 0, 0)),
        ("asq", (1, 0, 0, 0, 1)),
    ):
        reply = replies.begin(viewer, slug, now)
        met += unmarked(client, f"/questions/{reply.id}/")
        for number, each in enumerate(answers, 1):
            reply = replies.answer(viewer, reply.id, number, each, revision=reply.revision, now=now)
        if reply.finished_at is None:
            replies.finish(viewer, reply.id, revision=reply.revision, now=now)
        met += unmarked(client, f"/questions/{reply.id}/done/")
    assert met == []
    form = {"do": "look", "name": "Mara", "part": ["asq", "peg"], "born": "1984-05-17"}
    words = Words()
    words.feed(client.post("/letter/", form).content.decode())
    assert words.found == []
