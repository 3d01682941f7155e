"""Journey 2, its first half: from the first screen of the check to what is open, by thumb."""

import re

from playwright.sync_api import Page, expect

from tests import cast

PROGRESS = re.compile(r"Question (\d+) of (\d+)")


def begin(page: Page, signed_in, address) -> None:
    cast.installation()
    signed_in(page, cast.mara())
    page.goto(address("/"))
    card = page.locator("section", has_text="A safety check comes first")
    card.get_by_role("link", name="Begin").tap()
    page.get_by_text("18 to 64").tap()
    answer(page, "Begin")


def answer(page: Page, word: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=word, exact=True).tap()


def test_the_check_is_gone_through_by_thumb_to_its_end_and_says_what_is_open(
    page, signed_in, address
):
    begin(page, signed_in, address)
    numbers = []
    while found := PROGRESS.search(page.locator("header").inner_text()):
        numbers.append((int(found[1]), int(found[2])))
        last = "main problem" in page.locator("h1").inner_text()
        buttons = page.get_by_role("main").get_by_role("button")
        assert buttons.count() == 3
        # Within reach of a thumb, without scrolling.
        assert all((each.bounding_box() or {"y": 0})["y"] > 422 for each in buttons.all())
        answer(page, "Yes" if last else "No")
    assert {of for _number, of in numbers} == {23}
    assert [n for n, _of in numbers] == sorted(n for n, _of in numbers)
    assert numbers[0][0] == 1 and numbers[-1][0] == 23
    expect(page.get_by_role("heading", name="You can go on")).to_be_visible()
    page.get_by_role("link", name="To print, or to show a clinician").tap()
    expect(page.get_by_role("button", name="Print", exact=True)).to_be_visible()
    assert page.title() == "Notes"


def test_a_red_answer_stops_it_at_once_and_a_slip_can_be_put_right(page, signed_in, address):
    begin(page, signed_in, address)
    for _question in range(4):
        answer(page, "No")
    page.get_by_text("Why this is asked").tap()
    expect(page.get_by_text("GIRFT")).to_be_visible()
    answer(page, "Yes")
    expect(page.get_by_role("heading", name="Get help now")).to_be_visible()
    call = page.get_by_role("link", name="Call 999")
    assert call.get_attribute("href") == "tel:999"
    box = call.bounding_box()
    assert box and box["height"] >= 48 and box["y"] < 300
    assert page.get_by_text("breath").count() == 0
    page.get_by_role("link", name="I answered by mistake").tap()
    answer(page, "No")
    expect(page.get_by_text("Question 5 of 23")).to_be_visible()
    # The browser's own way back is one too.
    page.go_back()
    expect(page.get_by_text("Question 4 of 23")).to_be_visible()
