"""The day entry: written once, kept when refused, changed, deleted, brought back."""

from uuid import uuid4

import pytest
from django.urls import reverse

from psoas.care.journal import notebook, reading
from psoas.care.journal.models import Entry
from psoas.care.people.models import Person
from tests import cast
from tests.cast import NOW
from tests.web.person.journal_of import at_nine, note, page, refuses_a_stranger
from tests.web.signing_in import as_

__all__ = ["at_nine"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_nine")]
NEW, QUICK = reverse("entry-new"), reverse("entry-quick")


def only_entry(person: Person) -> dict[str, object]:
    row = Entry.objects.get(person=person)
    return reading.entry(cast.viewer(person), row.pk).document


def send(person: Person, url: str = NEW, **fields: object):
    data = {"pain": "4", "at": "2026-04-14T09:00", "key": str(uuid4()), **fields}
    return as_(person).post(url, data)


def test_a_new_form_knows_the_time_and_offers_the_last_places_without_choosing_them():
    mara = cast.mara()
    note(mara, "2026-04-13T09:00", places=["front-left-groin"])
    text = page(mara, NEW)
    assert 'value="2026-04-14T09:00"' in text
    assert "In the same place as last time?" in text
    assert 'value="front-left-groin" checked' not in text


def test_a_number_alone_says_nothing_else():
    mara = cast.mara()
    assert 'name="asked-triggers" value="1">' in page(mara, NEW)
    assert 'name="asked-feelings" value="1">' in page(mara, NEW)
    assert send(mara).status_code == 302
    found = only_entry(mara)
    assert found["asked"] == {"triggers": False, "feelings": False}
    assert "triggers" not in found
    assert "places" not in found


def test_a_remark_that_was_not_made_is_nothing_at_all():
    mara = cast.mara()
    assert send(mara, **{"asked-triggers": "1"}).status_code == 302
    triggers = dict(only_entry(mara)["triggers"])  # type: ignore[call-overload]
    assert triggers["deadline"] == 0
    assert "no-idea" not in triggers
    assert "flare-after-exercise" not in triggers


def test_a_form_for_a_day_that_is_over_stands_at_its_evening():
    assert 'value="2026-04-12T20:00"' in page(cast.mara(), f"{NEW}?day=2026-04-12")


def test_everything_on_the_form_reaches_the_entry():
    mara = cast.mara()
    notebook.set_choices(cast.viewer(mara), cycle=True, pad=True)
    own = notebook.add_own(cast.viewer(mara), "cups", number=True, now=NOW)
    answer = send(
        mara,
        worst="7",
        places=["front-left-groin", "back-right-buttock"],
        tension=["front-jaw"],
        headache="2",
        sleep="0",
        hindered=["stairs"],
        helped=["walk"],
        mood="1",
        pleasant="-2",
        energy="3",
        stiffness_min="20",
        cycle_day="12",
        words="kestrel",
        triggers=["deadline"],
        **{f"amount-{own.key}": "2,5", "asked-triggers": "1", "asked-feelings": "1"},
    )
    assert answer.status_code == 302
    found = only_entry(mara)
    triggers = found.pop("triggers")
    assert found == {
        "v": 1,
        "at": "2026-04-14T09:00:00+01:00",
        "zone": "Europe/London",
        "pain": 4,
        "worst": 7,
        "places": ["front-left-groin", "back-right-buttock"],
        "tension": ["front-jaw"],
        "scales": {"headache": 2, "sleep": 0},
        "hindered": ["stairs"],
        "helped": ["walk"],
        "mood": {"pleasant": -2, "energy": 3},
        "stiffness_min": 20,
        "cycle_day": 12,
        "words": "kestrel",
        "asked": {"triggers": True, "feelings": True},
    }
    assert isinstance(triggers, dict)
    assert (triggers["deadline"], triggers["conflict"], triggers[own.key]) == (1, 0, 2.5)


def test_feelings_carry_their_strength_and_one_without_is_not_lost():
    mara = cast.mara()
    send(mara, feelings=["worried", "calm"], **{"feelings-worried": "3"})
    assert only_entry(mara)["feelings"] == {"worried": 3, "calm": 2}


def test_something_else_becomes_a_trigger_of_ones_own_in_the_same_entry():
    mara = cast.mara()
    key = str(uuid4())
    for _time in range(2):
        assert send(mara, key=key, new_trigger="long drive").status_code == 302
    own = notebook.open_notebook(cast.viewer(mara)).own
    assert [each.name for each in own] == ["long drive"]
    assert only_entry(mara)["triggers"] == {own[0].key: 1}


def test_something_else_that_has_a_name_already_is_that_one():
    mara = cast.mara()
    send(mara, new_trigger="Poor Sleep")
    assert only_entry(mara)["triggers"] == {"poor-sleep": 1}
    assert notebook.open_notebook(cast.viewer(mara)).own == ()


def test_a_refused_entry_names_nothing_and_keeps_the_name_typed():
    mara = cast.mara()
    answer = send(mara, pain="11", new_trigger="long drive")
    assert 'value="long drive"' in answer.content.decode()
    assert notebook.open_notebook(cast.viewer(mara)).own == ()
    too_long = send(mara, new_trigger="x" * 61)
    assert 'id="new-error"' in too_long.content.decode()
    assert not Entry.objects.exists()


def test_feelings_are_offered_the_way_they_were_answered_last():
    mara = cast.mara()
    send(mara, mood="1", pleasant="2", energy="0")
    assert notebook.open_notebook(cast.viewer(mara)).pad
    send(mara)
    assert notebook.open_notebook(cast.viewer(mara)).pad
    send(mara, feelings=["calm"])
    assert not notebook.open_notebook(cast.viewer(mara)).pad


def test_sent_twice_it_is_written_once():
    mara, key = cast.mara(), str(uuid4())
    for _time in range(2):
        assert send(mara, key=key).status_code == 302
    assert Entry.objects.count() == 1


def test_not_sure_is_an_answer():
    mara = cast.mara()
    send(mara, pain="unsure")
    assert only_entry(mara)["pain"] is None


def test_a_refused_form_says_why_at_its_field_and_keeps_all_that_was_typed():
    mara = cast.mara()
    key = str(uuid4())
    answer = send(
        mara,
        key=key,
        pain="11",
        at="2026-04-15T09:00",
        stiffness_min="plenty",
        words="kestrel and plover",
        places=["front-left-groin"],
        triggers=["deadline"],
        feelings=["worried"],
        **{"feelings-worried": "4"},
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert not Entry.objects.exists()
    for kept in (
        "Pain is 11. Write a number from 0 to 10.",
        "is in the future",
        'value="2026-04-15T09:00"',
        'value="plenty"',
        "kestrel and plover</textarea>",
        'value="front-left-groin" checked',
        'value="deadline" checked',
        'value="worried" checked',
        'name="feelings-worried" value="4" checked',
        f'name="key" value="{key}"',
    ):
        assert kept in text
    # A tick that was taken away stays away.
    assert 'name="asked-triggers" value="1">' in text


def test_words_that_are_too_long_are_all_still_there():
    answer = send(cast.mara(), words="k" * 1001)
    assert answer.status_code == 422
    assert "k" * 1001 in answer.content.decode()


def test_the_privacy_line_tells_who_can_read_it_now():
    mara, ines = cast.mara(), cast.ines()
    assert "Only you can read this." in page(mara, NEW)
    cast.under_care(ines, mara, "pain")
    assert "Only you can read this." in page(mara, NEW)
    cast.under_care(ines, mara, "feelings")
    assert "You and Ines can read this." in page(mara, NEW)
    assert "Nobody here is watching." in page(mara, NEW)


def test_the_cycle_day_is_asked_only_of_those_who_chose_it():
    mara = cast.mara()
    assert "cycle_day" not in page(mara, NEW)
    notebook.set_choices(cast.viewer(mara), cycle=True, pad=False)
    assert "cycle_day" in page(mara, NEW)


def test_a_night_entry_opened_again_does_not_say_that_its_triggers_were_asked():
    mara = cast.mara()
    key = note(mara, "2026-04-14T03:10", kind="moment", places=["front-left-groin"])
    url = reverse("entry", args=[key])
    assert 'name="asked-triggers" value="1">' in page(mara, url)
    send(mara, url, revision="1", at="2026-04-14T03:10", pain="7", places=["front-left-groin"])
    found = only_entry(mara)
    assert found["pain"] == 7
    assert "triggers" not in found
    assert found["asked"] == {"triggers": False, "feelings": False}


def test_a_trigger_added_to_a_night_entry_leaves_the_others_unknown():
    mara = cast.mara()
    key = note(mara, kind="moment", places=["front-left-groin"])
    url = reverse("entry", args=[key])
    send(mara, url, revision="1", places=["front-left-groin"], triggers=["conflict"])
    assert only_entry(mara)["triggers"] == {"conflict": 1}


def test_an_edit_keeps_what_was_known_and_the_exact_moment():
    mara = cast.mara()
    note_at = "2025-10-26T01:40:33+00:00"
    key = note(mara, note_at, triggers={"deadline": 0.5, "cold": 1}, asked={"triggers": True})
    before = only_entry(mara)
    url = reverse("entry", args=[key])
    send(
        mara,
        url,
        revision="1",
        at="2025-10-26T01:40",
        triggers=["deadline"],
        **{"asked-triggers": "1"},
    )
    after = only_entry(mara)
    assert after["at"] == before["at"] == note_at
    assert after["triggers"] == before["triggers"] | {"cold": 0}  # type: ignore[operator]


def test_known_absences_survive_an_edit_that_asks_nothing():
    mara = cast.mara()
    key = note(mara, kind="backfill", triggers={"deadline": 0, "cold": 1})
    send(mara, reverse("entry", args=[key]), revision="1", triggers=["cold"])
    assert only_entry(mara)["triggers"] == {"deadline": 0, "cold": 1}


def test_a_mean_that_was_brought_in_stays_when_only_words_are_added():
    mara = cast.mara()
    key = note(mara, kind="backfill", pain=3.6)
    url = reverse("entry", args=[key])
    assert 'name="pain" value="3.6" checked' in page(mara, url)
    send(mara, url, revision="1", pain="3.6", words="kestrel")
    assert only_entry(mara)["pain"] == 3.6


def test_an_edit_from_a_stale_window_is_refused_and_keeps_what_was_typed():
    mara = cast.mara()
    key = note(mara)
    url = reverse("entry", args=[key])
    send(mara, url, revision="1", pain="5")
    answer = send(mara, url, revision="1", pain="9", words="kestrel")
    assert answer.status_code == 422
    assert "changed in another window" in answer.content.decode()
    assert "kestrel</textarea>" in answer.content.decode()
    assert only_entry(mara)["pain"] == 5
    # Sending the very same form once more must not slip through.
    assert send(mara, url, revision="1", pain="9").status_code == 422
    assert send(mara, url, revision="", pain="9").status_code == 422


def test_delete_leads_back_with_an_undo_and_undo_brings_it_back():
    mara = cast.mara()
    key = note(mara, words="kestrel")
    client = as_(mara)
    back = client.post(reverse("entry-delete", args=[key]), follow=True).content.decode()
    assert "kestrel" not in back
    assert reverse("entry-undo", args=[key]) in back
    again = client.post(reverse("entry-undo", args=[key]), follow=True).content.decode()
    assert "kestrel" in again


def test_looking_at_delete_or_undo_does_nothing():
    mara = cast.mara()
    key = note(mara)
    assert as_(mara).get(reverse("entry-delete", args=[key])).status_code == 405
    assert as_(mara).get(reverse("entry-undo", args=[key])).status_code == 405
    assert Entry.objects.standing().count() == 1


@pytest.mark.parametrize("name", ["entry", "entry-delete", "entry-undo"])
def test_a_stranger_finds_nothing_at_an_entrys_address(name):
    mara = cast.mara()
    url = reverse(name, args=[note(mara, words="kestrel")])
    assert refuses_a_stranger(url, post={"pain": "1", "revision": "1"})
    assert only_entry(mara)["words"] == "kestrel"


def test_a_stranger_reads_nothing_at_an_entrys_address():
    assert refuses_a_stranger(reverse("entry", args=[note(cast.mara(), words="kestrel")]))


def test_a_stranger_sending_her_forms_id_writes_nothing():
    mara = cast.mara()
    key = note(mara, words="kestrel")
    assert refuses_a_stranger(NEW, post={"pain": "9", "key": str(key)})
    assert only_entry(mara)["words"] == "kestrel"


def test_one_tap_writes_yesterdays_number_and_asks_nothing():
    mara = cast.mara()
    assert "Monday 13 April" in page(mara, QUICK)
    as_(mara).post(QUICK, {"pain": "6", "key": str(uuid4())})
    found = only_entry(mara)
    assert (found["pain"], found["at"]) == (6, "2026-04-13T12:00:00+01:00")
    assert "triggers" not in found
    assert found["asked"] == {"triggers": False, "feelings": False}
    assert Entry.objects.get().kind == "backfill"


def test_a_double_tap_writes_one_number():
    mara, key = cast.mara(), str(uuid4())
    for _time in range(2):
        assert as_(mara).post(QUICK, {"pain": "6", "key": key}).status_code == 302
    assert Entry.objects.count() == 1


def test_a_day_that_has_a_number_keeps_it():
    mara = cast.mara()
    key = note(mara, "2026-04-13T20:00")
    assert reverse("entry", args=[key]) in page(mara, QUICK)
    answer = as_(mara).post(QUICK, {"pain": "9", "day": "2026-04-13"})
    assert answer.status_code == 422
    assert Entry.objects.count() == 1


def test_a_night_entry_does_not_stand_in_the_way_of_the_days_number():
    mara = cast.mara()
    note(mara, "2026-04-13T03:00", kind="moment", places=["front-left-groin"])
    as_(mara).post(QUICK, {"pain": "3", "day": "2026-04-13"})
    assert Entry.objects.count() == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"pain": "11"},
        {"pain": ""},
        {},
        {"pain": "4", "day": "2026-04-20"},
        {"pain": "4", "day": "2026-02-30"},
    ],
)
def test_a_number_that_is_none_or_a_day_to_come_is_refused(fields):
    mara = cast.mara()
    assert as_(mara).post(QUICK, fields).status_code == 422
    assert not Entry.objects.exists()


def test_the_form_asks_the_database_a_fixed_number_of_times(django_assert_max_num_queries):
    mara = cast.mara()
    key = note(mara)
    client = as_(mara)
    with django_assert_max_num_queries(9):
        client.get(reverse("entry", args=[key]))
