"""Figures on a page as they are drawn: the side that is said, and a movement that is kept long."""

import json
import re

import pytest
from django.urls import reverse

from tests.web.person.moving import checked, page_of
from tests.web.signing_in import as_

pytestmark = pytest.mark.django_db

DRAWN = True


def one(code: str) -> str:
    return reverse("move-one", args=[code])


def test_the_movement_is_kept_long_and_only_by_this_browser():
    mara = checked()
    address = re.search(r'data-moves="([^"]+)"', page_of(mara, one("e13")))
    assert address
    answer = as_(mara).get(address.group(1))
    assert answer.status_code == 200
    assert "private" in answer["Cache-Control"] and "immutable" in answer["Cache-Control"]
    assert {"svg", "rows", "seconds"} <= json.loads(answer.content).keys()
    assert as_(mara).get(address.group(1).split("?")[0] + "?v=older").status_code == 404


def test_the_left_side_is_the_mirror_picture_of_the_right():
    mara = checked()
    pages = [page_of(mara, f"{one('e03')}?side={side}") for side in ("right", "left")]
    right, left = (page.split("<figure")[1].split("</figure>")[0] for page in pages)
    assert "scale(-1" in left and "scale(-1" not in right
    assert "style=" not in left and "<style" not in left


HIP = {"RF16": "yes", "RF16.time": "later", "RF16.approach": "posterior"}


def test_somebody_with_a_limit_sees_the_picture_within_it():
    mara, tom = checked(), checked("Tom", HIP)
    pictures, movements = [], []
    for person in (mara, tom):
        page = page_of(person, one("e18"))
        pictures.append(page.split("<figure")[1].split("</figure>")[0])
        address = re.search(r'data-moves="([^"]+)"', page)
        assert address
        movements.append(address.group(1))
    assert pictures[0] != pictures[1] and movements[0] != movements[1]
    assert as_(tom).get(movements[1]).status_code == 200
    # What is drawn for somebody without the limit is not handed to somebody who has it.
    assert as_(tom).get(movements[0]).status_code == 404
