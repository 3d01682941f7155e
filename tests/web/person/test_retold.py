"""An entry told back, even where a clinic took one of its own words out again."""

from datetime import date
from uuid import UUID

from psoas.care.journal.models import DAY
from psoas.care.journal.notebook import Notebook
from psoas.care.journal.sealing import OpenEntry
from psoas.web.person.retold import Teller


def told(**document):
    document = {"v": 1, "at": "2026-04-14T03:10:00+02:00", "pain": 4, **document}
    entry = OpenEntry(UUID(int=1), date(2026, 4, 14), DAY, 1, document)
    found = Teller(Notebook()).retell(entry)
    return " | ".join([found.title, *found.lines])


def test_a_word_that_is_no_longer_offered_is_told_as_it_was_kept():
    assert told(
        places=["front-left-groin", "front-elbow"],
        feelings={"sad": 3, "sour": 1},
        helped=["heat", "sauna"],
        hindered=["stairs", "rowing"],
    ) == "Left groin, front-elbow | Sad 3, sour 1 | Helped: heat, sauna | " + (
        "In the way of: stairs, rowing"
    )
