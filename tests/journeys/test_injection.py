"""What somebody writes is words, wherever it is shown: never markup, never a script."""

import json
from datetime import datetime, timedelta
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Dialog, Page

from psoas.care.experiment import changing, deciding, starting, switches
from psoas.care.journal import importing, notebook, writing
from psoas.care.journal.models import DAY
from psoas.care.people import account, clinic, joining, sharing
from psoas.care.people.access import Viewer
from psoas.care.people.models import Person
from tests import cast
from tests.care.experiment import lab
from tests.journeys.pages import UNFOLD, session_of
from tests.web.signing_in import with_second_factor

# Each would set window.struck, open a dialog, or leave an element behind if it ran anywhere.
STRIKE = "window.struck=1"
CORPUS = (
    f"<script>{STRIKE}</script>",
    f"</script><script>{STRIKE}</script>",
    f"<img src=x onerror={STRIKE}>",
    f"<svg onload={STRIKE}>",
    f"<svg><script>{STRIKE}</script></svg>",
    f"<svg><animate onbegin={STRIKE} attributeName=x>",
    f'"><img src=x onerror={STRIKE}>',
    f"'><img src=x onerror={STRIKE}>",
    f'" autofocus onfocus={STRIKE} x="',
    f"' autofocus onfocus={STRIKE} x='",
    f"`><img src=x onerror={STRIKE}>",
    f"</textarea><img src=x onerror={STRIKE}>",
    f"</title></style><img src=x onerror={STRIKE}>",
    f"<iframe srcdoc='<script>parent.{STRIKE}</script>'>",
    f"<details open ontoggle={STRIKE}>",
    f"<body onload={STRIKE}>",
    f"<input autofocus onfocus={STRIKE}>",
    f"<video><source onerror={STRIKE}>",
    f"<math href=javascript:{STRIKE}>x</math>",
    f"<a href=javascript:{STRIKE}>x</a>",
    f"javascript:{STRIKE}",
    f"JaVaScRiPt&colon;{STRIKE}",
    f"data:text/html,<script>{STRIKE}</script>",
    f"{{{{ constructor.constructor('{STRIKE}')() }}}}",
    "{% debug %}{{ settings.SECRET_KEY }}{{ 7|add:7 }}",
    f"${{{STRIKE}}}#{{7*7}}<%= 7*7 %>",
    f"\\u003cscript\\u003e{STRIKE}\\u003c/script\\u003e",
    f"\uff1cscript\uff1e{STRIKE}\uff1c/script\uff1e",
    f"\u202e<script>{STRIKE}</script>",
    f"<scr\u200bipt>{STRIKE}</scr\u200bipt>",
    f"<!--><img src=x onerror={STRIKE}>-->",
    f"]]><img src=x onerror={STRIKE}>",
    f"%3Cscript%3E{STRIKE}%3C/script%3E",
    f"&lt;script&gt;{STRIKE}&lt;/script&gt;",
    "<style>@import'//evil.invalid'</style><link rel=stylesheet href=//evil.invalid>",
    f"<base href=//evil.invalid><meta http-equiv=refresh content=0;url=javascript:{STRIKE}>",
)
# Elements and attributes that only a payload would bring.
LEFT_BEHIND = """() => {
  const found = [...document.querySelectorAll(
    'iframe, video, math, base, body style, meta[http-equiv], [srcdoc], img[src=x], svg script,'
    + ' script:not([src], [type="application/json"]), link[href*=evil], a[href^="javascript:" i]'
  )].map((each) => each.outerHTML.slice(0, 120));
  for (const each of document.querySelectorAll('*')) {
    for (const { name } of each.attributes) if (name.startsWith('on')) found.push(each.outerHTML);
  }
  if ('struck' in window) found.push('it ran');
  return found;
}"""


class Watch:
    """Whatever a page does that it should not."""

    def __init__(self, page: Page, address) -> None:
        self.page, self.address = page, address
        self.faults: list[str] = []
        self.looks = 0
        page.on("dialog", self._stopped)
        page.on("console", lambda message: self._heard(message.text))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", lambda request: self._asked(request.url))

    def _stopped(self, dialog: Dialog) -> None:
        if dialog.type == "beforeunload":
            # Our own question, whether words that are not saved may be lost.
            dialog.accept()
            return
        self.faults.append(dialog.message)
        dialog.dismiss()

    def _heard(self, text: str) -> None:
        if "Content Security Policy" in text:
            self.faults.append(text)

    def _asked(self, url: str) -> None:
        if not url.startswith((self.address("/"), "data:")):
            self.faults.append(f"asked for {url}")

    def look(self, path: str) -> str:
        self.page.goto(self.address(path))
        return self.look_again()

    def look_again(self) -> str:
        self.page.evaluate(UNFOLD)
        self.faults += [f"{self.page.url}: {e}" for e in self.page.evaluate(LEFT_BEHIND)]
        self.looks += 1
        return self.page.content()


@pytest.fixture
def mara(live_server):
    cast.installation()
    return cast.mara()


@pytest.fixture
def watch(page: Page, address) -> Watch:
    return Watch(page, address)


def come_in(watch: Watch, person: Person) -> None:
    watch.page.context.clear_cookies()
    cookie = {"name": "sessionid", "value": session_of(person), "url": watch.address("")}
    watch.page.context.add_cookies([cookie])  # type: ignore[list-item]


def words_everywhere(mara: Person) -> str:
    """Write every payload into the words and the own triggers; returns one entry's address."""
    viewer, now = Viewer(mara), timezone.now()
    for ago, payload in enumerate(CORPUS, start=1):
        own = notebook.add_own(viewer, f"{payload[:56]} {ago}", number=ago % 2 == 0, now=now)
        key = uuid4()
        raw = {
            "at": (now - timedelta(days=ago)).isoformat(),
            "pain": 5,
            "words": payload,
            "triggers": {own.key: 1},
            "asked": {"triggers": True, "feelings": True},
        }
        writing.write_entry(viewer, raw, entry_id=key, kind=DAY, now=now)
        if ago <= 3:
            notebook.name_suspects(viewer, [(own.key, False)], now=now)
    return f"/days/{key}/"


def test_the_corpus_is_what_it_says():
    assert len(set(CORPUS)) == len(CORPUS) >= 25


def test_words_and_triggers_of_ones_own_run_nowhere(watch, mara, capsys):
    ines = with_second_factor(cast.ines())
    cast.under_care(ines, mara, "pain", "feelings")
    entry = words_everywhere(mara)
    come_in(watch, mara)
    shown = watch.look("/days/")
    assert "&lt;img src=x onerror=window.struck=1&gt;" in shown
    for path in (entry, "/days/new/", "/weeks/?weeks=26", "/me/own/", "/me/suspects/", "/"):
        watch.look(path)
    come_in(watch, ines)
    assert "&lt;svg onload=" in watch.look(f"/people/{mara.pk}/")
    with capsys.disabled():
        print(f"\n{len(CORPUS)} payloads, words and triggers: {watch.looks} pages looked at")
    assert not watch.faults, "\n".join(watch.faults)


def test_names_run_nowhere(watch, mara, capsys):
    olga, ines = (with_second_factor(person) for person in (cast.olga(), cast.ines()))
    now = timezone.now()
    for number, payload in enumerate(CORPUS):
        who = joining.welcome(
            joining.Arrival(payload[:80], f"p{number}@example.org", "", "Europe/London"),
            role="person",
            now=now,
        )
        sharing.start_care(ines, who, actor=olga, now=now)
    for person in (mara, ines):
        account.change(person, account.Wishes(CORPUS[6], "Europe/London", "en", "GB", "light"))
    sharing.start_care(ines, mara, actor=olga, now=now)
    sharing.set_shares(mara, ines.pk, {"pain", "feelings"}, now=now)
    clinic.describe(CORPUS[2][:120], "GB", actor=olga, now=now)
    for person, paths in (
        (olga, ("/people/", "/people/?sort=name", "/people/clinic/", "/people/invite/")),
        (ines, ("/people/", f"/people/{who.pk}/", f"/people/{mara.pk}/")),
        (mara, ("/", "/me/", "/me/sharing/", "/me/record/?all=1", "/days/new/")),
    ):
        come_in(watch, person)
        for path in paths:
            watch.look(path)
    with capsys.disabled():
        print(f"\n{len(CORPUS)} payloads, names: {watch.looks} pages looked at")
    assert not watch.faults, "\n".join(watch.faults)


def test_an_imported_file_runs_nowhere(watch, mara):
    # The reader refuses a column whose name has invisible characters in it.
    names = [f"{each[:56]} {n}" for n, each in enumerate(CORPUS) if each.isprintable()]
    header = ",".join('"' + name.replace('"', '""') + '"' for name in names)
    text = f"day,pain,{header}\n" + "2025-01-05,4" + ",1" * len(names) + "\n2025-01-06,<b>,1\n"
    viewer = Viewer(mara)
    importing.keep(viewer, text.encode(), f"{CORPUS[2]}{CORPUS[7]}.csv", now=timezone.now())
    come_in(watch, mara)
    assert "&lt;img src=x onerror=" in watch.look("/me/import/")
    importing.carry_out(viewer, now=timezone.now())
    for path in ("/weeks/?until=2025-01-06", "/days/?before=2025-01-08", "/me/own/"):
        watch.look(path)
    assert not watch.faults, "\n".join(watch.faults)


@pytest.mark.parametrize("name", ["refused.csv", f"{CORPUS[2]}.csv"])
def test_a_refused_file_says_so_in_words(name, watch, mara):
    come_in(watch, mara)
    watch.look("/me/import/")
    text = f"day,pain\n{CORPUS[0]},{CORPUS[2]}\n".encode()
    file = {"name": name, "mimeType": "text/csv", "buffer": text}
    watch.page.locator("[type=file]").set_input_files(file)
    with watch.page.expect_navigation():
        watch.page.get_by_role("button", name="Look at it").click()
    watch.look_again()
    assert not watch.faults, "\n".join(watch.faults)


def test_what_stands_in_an_address_runs_nowhere(watch, mara, capsys):
    """Every payload in each part of an address; each answer is read, some are looked at."""
    come_in(watch, mara)
    asked = [
        f"{path}{quote(payload)}"
        for payload in ("".join(CORPUS), CORPUS[0], CORPUS[6], CORPUS[20])
        for path in (
            "/days/?before=", "/weeks/?until=", "/weeks/?weeks=", "/help/?country=",
            "/days/new/?day=", "/days/quick/?day=", "/in/?next=", "/again/?next=",
            "/me/record/?page=", "/nothing/", "/enter/", "/now/?noted=",
        )
    ]  # fmt: skip
    answers = watch.page.goto(watch.address("/help/")) and watch.page.evaluate(
        """async (paths) => {
          const read = [];
          for (const path of paths) {
            const answer = await fetch(path, { redirect: 'manual' });
            read.push([path, answer.status, await answer.text()]);
          }
          return read;
        }""",
        asked,
    )
    raw = [payload for payload in CORPUS if payload.startswith(("<", '"', "'", "`"))]
    for path, status, text in answers:
        assert status < 500, path
        assert not [payload for payload in raw if payload in text], path
        assert 'href="javascript:' not in text, path
    for payload in (CORPUS[0], CORPUS[6], CORPUS[20]):
        for path in ("/days/?before=", "/weeks/?until=", "/help/?country=", "/again/?next="):
            watch.look(path + quote(payload))
    with capsys.disabled():
        print(f"\n{len(asked)} addresses read, {watch.looks} looked at")
    assert not watch.faults, "\n".join(watch.faults)


def test_the_words_of_a_refused_form_come_back_as_words(watch, mara):
    come_in(watch, mara)
    everything = "\n".join(CORPUS)[:1000]
    watch.look("/days/new/")
    watch.page.locator("[name=words]").fill(everything)
    watch.page.locator("#at").evaluate("(field) => { field.value = '2999-01-01T03:10'; }")
    with watch.page.expect_navigation():
        watch.page.get_by_role("button", name="Save", exact=True).click()
    watch.look_again()
    assert watch.page.locator("[name=words]").input_value() == everything
    for field in ("name", "zone"):
        watch.look("/me/")
        watch.page.locator(f"[name={field}]").fill(CORPUS[6] * 9)
        with watch.page.expect_navigation():
            watch.page.locator("main form .button").first.click()
        watch.look_again()
    assert not watch.faults, "\n".join(watch.faults)


def test_next_never_leads_to_another_origin_or_a_script(watch, mara):
    mara.set_password(cast.PASSWORD)
    for target in (f"javascript:{STRIKE}", "//evil.invalid/", "https://evil.invalid/", "\\\\evil"):
        watch.page.context.clear_cookies()
        watch.look(f"/in/?next={quote(target)}")
        watch.page.locator("[name=login]").fill("mara@example.org")
        watch.page.locator("[name=password]").fill(cast.PASSWORD)
        watch.page.keyboard.press("Enter")
        watch.page.wait_for_url(watch.address("/"))
        watch.look_again()
    assert not watch.faults, "\n".join(watch.faults)


def test_a_message_of_the_outbox_is_shown_as_words(watch, mara):
    """The refusal of an entry comes from the server, and is put into the page by a script."""
    come_in(watch, mara)
    answer = {"state": "refused", "fields": {"": [CORPUS[2], CORPUS[3]]}}
    watch.page.route("**/outbox/", lambda route: route.fulfill(status=422, body=json.dumps(answer)))
    watch.look("/now/")
    watch.page.evaluate(
        """async (source) => {
          const { put, flush } = await import(source);
          await put({ at: new Date().toISOString(), places: ['front-left-groin'], pain: 4 });
          await flush();
        }""",
        "/static/js/outbox.mjs",
    )
    watch.look_again()
    assert not watch.faults, "\n".join(watch.faults)


def test_what_is_tested_in_ones_own_words_is_words_wherever_it_is_shown(mara, watch):
    viewer, now = Viewer(mara), timezone.now()
    decided = own_test(viewer, f'"><img src=x onerror={STRIKE}>', now - timedelta(days=87))
    lab.write_days(viewer, decided, noise=1.0)
    deciding.reveal(viewer, decided, now=now)
    for payload in CORPUS:
        latest = own_test(viewer, payload, now)
        changing.stop(viewer, latest, now=now)
    running = own_test(viewer, CORPUS[0], now - timedelta(days=5))
    come_in(watch, mara)
    for path in ("/", "/try/", f"/try/{decided}/", f"/try/{latest}/", f"/try/{running}/"):
        watch.look(path)
    watch.look("/try/new/?own=1")
    for name in ("name", "on", "off"):
        watch.page.locator(f"[name={name}]").fill(CORPUS[6])
    with watch.page.expect_navigation():
        watch.page.get_by_role("button", name="See the days").click()
    assert "Does it make a difference" in watch.look_again()
    assert watch.faults == []


def own_test(viewer: Viewer, payload: str, now: datetime) -> UUID:
    switch = switches.in_own_words(payload[:60], payload, payload)
    answered, key = {"clinician": "no"}, uuid4()
    return starting.start(viewer, switch, answered, experiment_id=key, now=now).id
