"""Every questionnaire's file: as its licence, its sources and the copy rules want it."""

import json
import re
from pathlib import Path

import pytest

from psoas.content import questionnaires as shelf
from psoas.content.questionnaire import Questionnaire
from psoas.content.questionnaires import digest, from_document, from_json, questionnaire, to_json
from psoas.content.reader import ContentError, read_toml

ALL = shelf.questionnaires()
SLUGS = (
    "nprs peg own-activities phq-2 phq-9 gad-2 gad-7 pc-ptsd-5 pcl-5 asq sleep activity-days "
    "five-sit-to-stand chair-stand-30 hip-range hoos hoos-12 hoos-ps ihot-12 hagos pseq-2 tsk-11 "
    "pss-10 pss-4"
)
RESTRICTED = set(SLUGS.split()[15:])
FORBIDDEN = re.compile(
    r"\b(store[ds]?|trapped|release[ds]? trauma|detox\w*|uncover\w*|bad posture|streaks?"
    r"|failures?|in your head|should)\b|!",
    re.IGNORECASE,
)


@pytest.fixture
def overlay(tmp_path, monkeypatch):
    """A clinic's own folder, read afresh and forgotten afterwards."""
    monkeypatch.setenv("PSOAS_CONTENT", str(tmp_path))
    _forget()
    yield tmp_path
    monkeypatch.undo()
    _forget()


def _forget():
    for kept in (shelf.questionnaires, shelf.slugs, shelf._read):
        kept.cache_clear()


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def named(found):
    return found.slug


def ours(found: Questionnaire):
    """Every sentence of a file that psoas wrote itself."""
    yield from (found.name, found.short, found.about, found.why, found.note, found.licence.notice)
    for band in found.bands:
        yield from (band.label, band.meaning)
    yield from (change.condition for change in found.changes)
    yield from (error.condition for error in found.errors)
    yield from (norm.who for norm in found.norms)
    if found.licence.kind == "own wording":
        yield found.recall
        yield from (text for item in found.items for text in (item.ask, item.hint, *item.ends))


def test_every_promised_questionnaire_is_there_in_the_order_of_lists():
    assert [found.slug for found in ALL] == SLUGS.split()
    assert ALL == shelf.QUESTIONNAIRES
    with pytest.raises(KeyError):
        questionnaire("phq-99")


def test_the_restricted_ones_come_without_words_and_the_others_with_them():
    assert {found.slug for found in ALL if found.restricted} == RESTRICTED
    for found in ALL:
        assert found.has_words is not found.restricted, found.slug
        if found.restricted:
            words = [item.ask + item.hint + "".join(item.ends) for item in found.items]
            labels = [option.label for item in found.items for option in item.options]
            assert not any([*words, *labels]), found.slug


@pytest.mark.parametrize("found", ALL, ids=named)
def test_it_says_whose_words_it_has_and_where_its_numbers_are_from(found):
    assert found.licence.notice and found.licence.source
    assert found.sources and found.about and found.why and found.history
    for number in (*found.changes, *found.errors, *found.norms):
        assert number.sources or number.ck, number
    for band in found.bands:
        assert band.sources or band.ck or band.slug == "no-norm", band
    marked = (*found.bands, *found.changes, *found.errors, *found.norms, found.licence)
    assert found.ck or not any(part.ck for part in marked)


@pytest.mark.parametrize("found", ALL, ids=named)
def test_its_short_name_gives_nothing_away(found):
    assert not re.search(
        r"pain|hip|depress|anx|trauma|ptsd|suicid|mood|phq|gad|hoos|psoas", found.short, re.I
    )


@pytest.mark.parametrize("found", ALL, ids=named)
def test_what_psoas_says_itself_keeps_the_copy_rules(found):
    assert [text for text in ours(found) if FORBIDDEN.search(text)] == []


@pytest.mark.parametrize("found", ALL, ids=named)
def test_it_is_the_same_after_being_kept_as_text(found):
    text = to_json(found)
    assert from_json(text) == found
    assert to_json(from_json(text)) == text
    assert json.loads(text)["version"] == found.version
    assert re.fullmatch("[0-9a-f]{64}", digest(found))


def test_another_word_gives_another_digest():
    document = read_toml("questionnaires/sleep.toml")
    document["items"][0]["ask"] = "Did you sleep?"
    assert digest(from_document(document, "x.toml")) != digest(questionnaire("sleep"))


def test_the_abridged_items_say_so_in_the_file_and_on_the_screen():
    found = questionnaire("pcl-5")
    assert {item.number for item in found.items if "Abridged" in item.hint} == {5, 7, 9, 14}
    assert "5, 7, 9 and 14 are abridged" in found.note_label


def test_the_range_of_the_hip_is_asked_by_side_and_movement():
    found = questionnaire("hip-range")
    assert len(found.items) == 12
    assert {item.side for item in found.items} == {"left", "right"}
    movements = {item.slug.partition("-")[2] for item in found.items}
    assert {norm.item for norm in found.norms} == movements
    sourced = {norm.item for norm in found.norms if not norm.ck}
    assert sourced == {"flexion", "extension", "internal-rotation", "external-rotation"}


def test_the_sub_scales_have_the_items_and_the_rule_for_missing_ones_of_their_authors():
    sizes = {
        "hoos": [(10, 5), (5, 3), (17, 9), (4, 2), (4, 2)],
        "hoos-12": [(4, 2), (4, 2), (4, 2)],
        "hagos": [(7, 7), (10, 10), (5, 5), (8, 8), (2, 2), (5, 5)],
    }
    for slug, expected in sizes.items():
        found = questionnaire(slug)
        assert [(len(part.items), part.needs) for part in found.parts] == expected
        assert sorted(n for part in found.parts for n in part.items) == [
            item.number for item in found.items
        ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"scorrer": "sum"}, "x.toml, key “scorrer”: is not a known key"),
        ({"scorer": "guess"}, "x.toml, key “scorer”: is 'guess'. Use one of"),
        ({"version": "1"}, "x.toml, key “version”: is '1'. It must be a whole number"),
        ({"each": 1}, "x.toml, key “each”: is not a table"),
        ({"items": []}, "x.toml: items holds nothing"),
        ({"items": [{"slug": "a", "kind": "number"}]}, "items “a”: low must be below high"),
        ({"items": [{"slug": "a", "kind": "choice"}]}, "options belong to a choice"),
        ({"items": [{"slug": "a", "kind": "yes-no", "number": 3}]}, "Items count themselves"),
        ({"items": [{"slug": "a", "kind": "yes-no", "count": 0}]}, "It must be 1 or more"),
        ({"items": [{"slug": "a", "kind": "yes-no"}] * 2}, "two items have the same slug"),
        ({"items": [{"slug": "a", "kind": "yes-no"}]}, "only a restricted questionnaire"),
        (
            {"parts": [{"slug": "p", "name": "P", "items": [9], "needs": 1}]},
            "counts an item that is not there",
        ),
        (
            {"parts": [{"slug": "p", "name": "P", "items": [1], "needs": 2}]},
            "needs more items than it has",
        ),
        (
            {"changes": [{"kind": "both", "meaning": "important", "amount": 1.0}]},
            "percent belongs to every kind but absolute",
        ),
        (
            {"changes": [{"kind": "absolute", "meaning": "important", "amount": 1, "part": "z"}]},
            "no part is called z",
        ),
        ({"licence": {"kind": "stolen", "notice": "", "source": ""}}, "licence, key “kind”"),
    ],
)
def test_a_bad_file_is_refused_by_file_and_key(change, said):
    document = {**read_toml("questionnaires/sleep.toml"), **change}
    with pytest.raises(ContentError) as refused:
        from_document(document, "x.toml")
    assert said in str(refused.value)
    assert str(refused.value).startswith("x.toml")


def test_a_clinics_file_stands_in_for_the_whole_of_ours(overlay):
    text = (Path(shelf.__file__).parent / "questionnaires/sleep.toml").read_text("utf-8")
    write(overlay, "questionnaires/sleep.toml", text.replace("last night?", "tonight?"))
    assert questionnaire("sleep").items[0].ask == "How well did you sleep tonight?"


def test_a_clinics_new_questionnaire_comes_last(overlay):
    text = (Path(shelf.__file__).parent / "questionnaires/sleep.toml").read_text("utf-8")
    write(overlay, "questionnaires/appetite.toml", text.replace('"sleep"', '"appetite"'))
    assert shelf.slugs()[-1] == "appetite"
    assert questionnaire("appetite").slug == "appetite"


def test_a_file_whose_slug_is_not_its_name_is_refused(overlay):
    text = (Path(shelf.__file__).parent / "questionnaires/sleep.toml").read_text("utf-8")
    write(overlay, "questionnaires/appetite.toml", text)
    with pytest.raises(ContentError, match="key “slug”: is “sleep”. Write “appetite”"):
        questionnaire("appetite")


def texts(count, *options):
    lines = [f"item = {json.dumps([f'Words {n}' for n in range(1, count + 1)])}"]
    return "\n".join([*lines, *([f"options = {json.dumps(options)}"] if options else [])])


def test_a_licence_holders_words_fill_in_the_words_and_nothing_else(overlay):
    plain = questionnaire("hoos-ps")
    write(overlay, "questionnaires/texts/hoos-ps.toml", texts(5, "a", "b", "c", "d", "e"))
    _forget()
    found = questionnaire("hoos-ps")
    assert [item.ask for item in found.items] == [f"Words {n}" for n in range(1, 6)]
    assert [option.label for option in found.items[0].options] == ["a", "b", "c", "d", "e"]
    assert [option.value for option in found.items[0].options] == [0, 1, 2, 3, 4]
    assert found.has_words and found.restricted
    assert (found.scorer, found.direction, found.sources) == (
        plain.scorer,
        plain.direction,
        plain.sources,
    )


@pytest.mark.parametrize(
    ("slug", "text", "said"),
    [
        ("hoos-ps", texts(4), "key “item”: holds 4 texts. It must hold 5"),
        ("hoos-ps", texts(5, "a", "b"), "key “options”: holds 2 texts. It must hold 5"),
        ("hoos-ps", 'item = ["a", "b", "c", "d", ""]', "must be a list of texts"),
        ("hoos-ps", texts(5) + "\nscorer = 'sum'", "key “scorer”: is not a known key"),
        ("hoos-sp", texts(5), "no questionnaire is called hoos-sp"),
        ("ihot-12", texts(12, "a"), "key “options”: holds 1 texts. It must hold 0"),
    ],
)
def test_words_that_do_not_fit_are_refused_by_name(overlay, slug, text, said):
    write(overlay, f"questionnaires/texts/{slug}.toml", text)
    with pytest.raises(ContentError) as refused:
        shelf.questionnaires()
    assert said in str(refused.value)
    assert slug in str(refused.value)
