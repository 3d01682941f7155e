"""Two questions, nine, and the ninth: help before any number, on a phone."""

import re

from django.utils import timezone
from playwright.sync_api import Page, expect

from psoas.care.assessment.models import Task
from psoas.care.assessment.reply_rows import create
from psoas.content.questionnaires import questionnaire
from tests import cast


def tap(page: Page, *names: str) -> None:
    for name in names:
        with page.expect_navigation():
            page.locator("main").get_by_role("button", name=name, exact=True).tap()


def to_the_ninth(page: Page, address) -> None:
    page.goto(address("/questions/"))
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("^Begin.*Two questions$")).tap()
    tap(page, "Several days", "Several days")
    expect(page.get_by_role("heading", level=1)).to_have_text("Question 3 of 9")
    tap(page, *["Several days"] * 6)
    expect(page.locator("legend")).to_contain_text("better off dead")


def test_a_hard_answer_meets_help_and_no_number(page, signed_in, address):
    cast.installation()
    mara = cast.mara()
    cast.under_care(cast.ines(), mara, "alarm")
    signed_in(page, mara)
    to_the_ninth(page, address)
    tap(page, "Several days")
    expect(page.locator("main")).to_contain_text("because of your last answer")
    tap(page, "Yes", "No", "No", "Rather not say")
    expect(page.get_by_role("heading", level=1)).to_have_text("Question 5 of 5")
    tap(page, "Yes")
    main = page.locator("main")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "You do not have to deal with this alone."
    )
    first = main.locator("a[href^='tel:']").first
    expect(first).to_have_attribute("href", "tel:999")
    box = first.bounding_box()
    assert box and box["y"] + box["height"] < 844 and box["height"] >= 48
    expect(main).to_contain_text("A note asks Ines to contact you")
    expect(page.locator(".leave")).to_be_in_viewport()
    assert not re.search(r"\b(score|severe|moderate|mild|exercise)", main.inner_text(), re.I)
    assert Task.objects.filter(person=mara).count() == 1
    page.go_back()
    page.goto(page.url)
    expect(main).to_contain_text("You do not have to deal with this alone.")


def test_where_all_is_no_the_questions_go_on_to_their_number(page, signed_in, address):
    cast.installation()
    mara = cast.mara()
    signed_in(page, mara)
    eight = create(mara, questionnaire("phq-9"), timezone.now(), answers=(*(1.0,) * 8, None, None))
    page.goto(address(f"/questions/{eight.id}/"))
    tap(page, "Leave this out", "No", "No", "No", "No")
    expect(page.locator("main")).to_contain_text("you do not have to deal with them alone")
    page.get_by_role("link", name="Go on with the questions").tap()
    page.wait_for_url("**/questions/*/")
    page.get_by_role("link", name="Back").tap()
    expect(page.locator("legend")).to_contain_text("better off dead")
    tap(page, "Not at all", "Somewhat difficult")
    expect(page.locator(".hero-title")).to_have_text("8")
    expect(page.locator("main")).to_contain_text("“mild”")
    expect(page.locator("main")).to_contain_text("Pfizer")
