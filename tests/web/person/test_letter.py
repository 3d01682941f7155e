"""The letter: what is ticked and nothing else, seen before it is taken, drawn without a network."""

import re
import socket
import zlib
from unittest import mock

import pytest
from django.urls import reverse

from psoas.care.assessment import letter as writing
from psoas.care.assessment import replies
from psoas.care.assessment.models import Reply
from psoas.care.assessment.reply_rows import create
from psoas.content.questionnaires import questionnaire
from psoas.web.person import pdf
from tests import cast
from tests.cast import NOW
from tests.web.person.journal_of import at_nine, note, page
from tests.web.signing_in import as_

__all__ = ["at_nine"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_nine")]
LETTER, PDF = reverse("letter"), reverse("letter-pdf")
FORM = {"to": "doctor", "name": "Mara", "do": "look"}


@pytest.fixture
def mara():
    cast.installation()
    return cast.mara()


def answer(person, slug, *answers, finish=True):
    reply = create(person, questionnaire(slug), NOW, answers=answers[:-1] + (None,))
    viewer, number = cast.viewer(person), len(answers)
    reply = replies.answer(viewer, reply.id, number, answers[-1], revision=1, now=NOW)
    if finish and reply.finished_at is None:
        replies.finish(viewer, reply.id, revision=reply.revision, now=NOW)


def look(person, **form):
    response = as_(person).post(LETTER, FORM | form)
    return response.status_code, response.content.decode()


def the_letter(text):
    return text.split("<article")[1].split("</article>")[0]


def pages(data):
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL)
    whole = data + b"".join(zlib.decompress(each) for each in packed if each[:1] == b"\x78")
    return int(re.findall(rb"/Count (\d+)", whole)[0])


def test_an_empty_record_can_still_say_something_in_own_words(mara):
    assert "Nothing is answered or noted yet" in page(mara, LETTER)
    status, text = look(mara, words="kestrel\n\nplover <b onload=x>")
    assert status == 200
    assert "<p>kestrel</p>" in the_letter(text)
    assert "<p>plover &lt;b onload=x&gt;</p>" in the_letter(text)


def test_what_was_answered_is_offered_without_its_number_and_told_with_how_it_is_read(mara):
    answer(mara, "peg", 7.0, 8.0, 6.0)
    offered = page(mara, LETTER)
    assert "Result of 14 April 2026" in offered
    assert 'value="peg" checked' in offered
    _status, text = look(mara, part=["peg"])
    told = " ".join(re.sub(r"<[^>]+>", " ", the_letter(text)).split())
    assert "7 severe 14 Apr 2026" in told or "7 14 Apr 2026" in told
    assert "higher is worse" in told
    assert "Screening questionnaires are not a diagnosis." in told
    assert questionnaire("peg").licence.notice in told


def test_what_is_not_ticked_is_not_in_it(mara):
    answer(mara, "peg", 7.0, 8.0, 6.0)
    note(mara, "2026-04-13T20:00", pain=6)
    _status, text = look(mara, part=["pain"])
    told = the_letter(text)
    assert "1 day was noted: pain 6 of 10 that day" in told
    assert "PEG" not in told


def test_the_course_of_pain_is_the_middle_of_the_days_that_were_noted(mara):
    for day, pain in ((10, 2), (11, 5), (12, 8), (13, 5)):
        note(mara, f"2026-04-{day}T20:00", pain=pain)
    assert (
        "4 days were noted: pain 5 of 10 as the median of the days, from 2 on the best to 8"
        in page(mara, LETTER)
    )


def test_thoughts_of_suicide_go_in_only_where_they_are_ticked(mara):
    answer(mara, "asq", 0.0, 0.0, 0.0, 0.0, finish=False)
    offered = page(mara, LETTER)
    assert 'value="asq">' in offered
    assert 'value="asq" checked' not in offered
    assert "wished you were dead" not in offered
    _status, text = look(mara, words="kestrel")
    assert "wished you were dead" not in text
    _status, text = look(mara, part=["asq"])
    assert re.search(r"wished you were dead\?\s*<strong>No", the_letter(text))


@pytest.mark.parametrize(
    ("answers", "title", "said"),
    [
        ((0.0, 0.0, 0.0, 0.0), "Asking for an appointment", "I would like an appointment"),
        ((1.0, 0.0, 0.0, 0.0, 0.0), "Asking for help soon", "say that I need help soon"),
        ((1.0, 0.0, 0.0, 0.0, 1.0), "Asking for help now", "say that I need help now"),
    ],
)
def test_a_letter_that_tells_of_such_thoughts_says_first_how_urgent_it_is(
    mara, answers, title, said
):
    answer(mara, "asq", *answers, finish=False)
    for to in ("doctor", "mind"):
        _status, text = look(mara, part=["asq"], to=to)
        told = the_letter(text)
        assert title in told
        assert told.index(title) < told.index(said) < told.index("Asked on")
    # Where they did not tick it, nothing gives it away.
    _status, text = look(mara, words="kestrel")
    assert "Asking for an appointment" in the_letter(text)
    assert "ending my life" not in the_letter(text)


def test_while_help_comes_first_no_number_is_offered(mara):
    answer(mara, "peg", 7.0, 8.0, 6.0)
    answer(mara, "asq", 1.0, 0.0, 0.0, 0.0, 0.0, finish=False)
    offered = page(mara, LETTER)
    assert "Now it matters more that somebody talks with you" in offered
    assert 'value="peg"' not in offered
    status, text = look(mara, part=["peg", "asq"])
    assert status == 200
    assert "PEG" not in the_letter(text)
    assert re.search(r"wished you were dead\?\s*<strong>Yes", the_letter(text))


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({}, "Tick at least one thing"),
        ({"part": ["peg"]}, "Tick at least one thing"),
        ({"words": "x", "name": " "}, "needs a name"),
        ({"words": "x", "name": "n" * 81}, "80 letters"),
        ({"words": "x" * 1501}, "1501 characters"),
        ({"words": "x", "born": "1840-01-01"}, "Look at the year again"),
        ({"words": "x", "born": "2027-01-01"}, "Look at the year again"),
        ({"words": "x", "born": "the third"}, "year, month, day"),
    ],
)
def test_what_cannot_be_a_letter_is_refused_and_stays_typed(mara, form, said):
    for url in (LETTER, PDF):
        response = as_(mara).post(url, FORM | form)
        assert response.status_code == 422
        text = response.content.decode()
        assert said in text
        if "words" in form:
            assert form["words"] in text


def test_change_it_brings_everything_back(mara):
    form = FORM | {"do": "change", "words": "kestrel", "to": "mind", "born": "1984-05-17"}
    text = as_(mara).post(LETTER, form).content.decode()
    assert ">kestrel</textarea>" in text
    assert 'value="mind" checked' in text
    assert 'value="1984-05-17"' in text


def test_nothing_of_a_letter_is_kept(mara):
    look(mara, words="kestrel")
    assert not Reply.objects.exists()
    assert "kestrel" not in page(mara, LETTER)


def test_the_pdf_is_one_page_and_asks_nobody_for_anything(mara, monkeypatch):
    answer(mara, "peg", 7.0, 8.0, 6.0)

    def no_network(*args, **kwargs):
        raise AssertionError("a letter asked for something")

    monkeypatch.setattr(socket.socket, "connect", no_network)
    tricky = (
        '<img src="http://example.org/kestrel.png"><link rel=stylesheet href=file:///etc/passwd>'
    )
    response = as_(mara).post(PDF, FORM | {"part": ["peg"], "words": tricky, "born": "1984-05-17"})
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    assert response.headers["Cache-Control"] == "no-store, private"
    assert response.content.startswith(b"%PDF-")
    assert pages(response.content) == 1


def test_markup_that_gets_in_is_not_followed_either():
    seen: list[object] = []
    with mock.patch("urllib.request.OpenerDirector.open", side_effect=seen.append):
        found = pdf.drawn('<html><body><img src="http://example.org/x.png">kestrel</body></html>')
    assert found.startswith(b"%PDF-")
    assert not seen


def test_without_what_draws_it_there_is_a_plain_sentence_and_the_page_to_print(mara):
    with mock.patch.dict("sys.modules", {"weasyprint": None}):
        response = as_(mara).post(PDF, FORM | {"words": "kestrel"})
    text = response.content.decode()
    assert response.status_code == 200
    assert "A PDF cannot be made on this installation" in text
    assert "kestrel" in the_letter(text)
    assert "Take it as a PDF" not in text


def test_letters_are_drawn_a_few_in_a_minute_and_the_next_is_shown_to_print(mara):
    client = as_(mara)
    with mock.patch("psoas.web.person.letter.drawn", return_value=b"%PDF-"):
        codes = [client.post(PDF, FORM | {"words": "kestrel"}).status_code for _ in range(6)]
        response = client.post(PDF, FORM | {"words": "kestrel"})
        assert as_(cast.tom()).post(PDF, FORM | {"words": "plover"}).status_code == 200
    assert codes == [200] * 6
    assert response.status_code == 429
    assert "kestrel" in the_letter(response.content.decode())


def test_somebody_elses_answers_are_in_nobodys_letter(mara):
    answer(mara, "peg", 7.0, 8.0, 6.0)
    tom = cast.tom()
    assert 'value="peg"' not in page(tom, LETTER)
    assert not writing.facts(cast.viewer(tom), NOW).scores
