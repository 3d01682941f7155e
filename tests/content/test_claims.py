"""Claims: what may be said keeps the copy rules, and something stands behind what is said."""

import dataclasses
import re

import pytest

from psoas.content.claims import CLAIMS, Claim, claim
from psoas.content.reader import ContentError, entries_of

NEVER = re.compile(
    r"\b(stor(e[ds]?|ing|age)|trap(s|ped)?|releas\w*|detox\w*|uncover\w*|toxins?|energy flow"
    r"|in your head|posture is|must|should|cure[sd]?)\b|!",
    re.IGNORECASE,
)


def test_what_is_said_never_uses_a_forbidden_word():
    assert [each.slug for each in CLAIMS if NEVER.search(each.say)] == []


@pytest.mark.parametrize(
    "words", ["It is stored there", "a release", "Uncover it", "trapped", "Detox", "Well done!"]
)
def test_the_lint_of_what_is_said_can_fail(words):
    assert NEVER.search(words)


def test_every_claim_of_the_article_is_judged_once():
    assert [each.slug for each in CLAIMS] == [f"C{number:02}" for number in range(1, 46)]


@pytest.mark.parametrize(
    ("slugs", "verdict"),
    [
        ("C01 C03 C05 C06 C10 C16 C19 C23 C32 C37", "S"),
        ("C07 C12 C14 C15 C17 C20 C21 C22 C24 C26 C39 C43", "P"),
        ("C04 C11 C31", "N"),
    ],
)
def test_each_verdict_is_the_one_that_was_reached(slugs, verdict):
    assert {each.slug for each in CLAIMS if each.verdict == verdict} == set(slugs.split())


def test_the_two_claims_that_are_never_shown_have_no_words_for_it():
    assert [each.slug for each in CLAIMS if not each.show] == ["C11", "C35"]
    assert claim("C35").said == ""


def test_what_is_said_is_short_plain_and_whole_sentences():
    for each in CLAIMS:
        if each.show:
            assert each.said.endswith(".") and len(each.said) <= 200, each.slug
            assert not re.search(r"SMD|randomi|odds ratio|\bg −|[−%°]", each.said), each.slug


@pytest.mark.parametrize(
    ("slug", "figures", "source"),
    [
        ("C02", ["14.3%", "29.9%", "19.8%"], "Klässbo"),
        ("C03", ["16.2%", "11.9%", "173", "107", "1.39", "9.42%", "7.94%"], "NHANES"),
        ("C08", ["−0.04", "−0.09"], "JOSPT 1990"),
        ("C16", ["−0.38", "549", "−0.31"], "CD007912"),
        ("C24", ["63%", "17%", "126"], "Yarns 2024"),
        ("C27", ["−0.79", "−0.57"], "pnw101"),
        ("C28", ["−0.35", "785", "−0.32", "−0.40"], "Fincham 2023"),
        ("C33", ["9.7%", "11.7%", "20.5%", "0.3%"], "Siqveland"),
        ("C34", ["154", "10,189"], "Kjærvik"),
        ("C39", ["114°", "41°"], "J Korean"),
    ],
)
def test_the_figures_stand_in_the_note_with_their_source(slug, figures, source):
    found = claim(slug)
    assert [figure for figure in figures if figure not in found.note_label] == []
    assert any(source in each for each in found.sources)


def test_no_claim_leans_on_the_author_box_of_the_article():
    assert not any(re.search("93|readers|byline|expert", each.note) for each in CLAIMS)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"sources": []}, "needs sources, or ck = true"),
        ({"say": ""}, "say is what is shown"),
        ({"show": False}, "say is what is shown"),
        ({"sources": [" "]}, "there is an empty text in it"),
        ({"verdict": "X"}, "Use one of “S”, “P”, “U”, “N”"),
    ],
)
def test_a_claim_that_nothing_holds_up_is_refused(keys, said):
    good = {**dataclasses.asdict(claim("C01")), "sources": ["a source"]}
    assert entries_of({"claim": [good]}, "claims.toml", "claim", Claim)
    with pytest.raises(ContentError, match=re.escape(said)):
        entries_of({"claim": [{**good, **keys}]}, "claims.toml", "claim", Claim)


def test_a_claim_that_is_supported_may_be_common_knowledge_and_says_so():
    for each in CLAIMS:
        if each.verdict in "SP":
            assert each.sources or each.ck, each.slug
    assert claim("C05").ck and claim("C05").verdict_label == "supported"
