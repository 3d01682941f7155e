"""Figures as SVG: small, well-formed, themed by classes, and the same paths all the way."""

import gzip
import json
import re
from dataclasses import replace
from functools import cache
from importlib.resources import files
from xml.etree import ElementTree

import numpy as np
import pytest

from psoas.content.exercises import exercise, exercises
from psoas.motion.drawing import drawing_of
from psoas.motion.figure import NothingToDraw, animation, frames, still, viewbox
from psoas.motion.outline import path, units
from psoas.motion.theme import COLOURS, style

DRAWN = tuple(each for each in exercises() if each.figure is not None)
MOVING = tuple(each for each in DRAWN if each.figure and len(each.figure.keyframes) > 1)
ONE = exercise("half-kneeling-stretch")
SVG = "{http://www.w3.org/2000/svg}"


def packed(text):
    return len(gzip.compress(text.encode(), 9))


def body_of(picture):
    (body,) = ElementTree.fromstring(picture).findall(f"{SVG}g/{SVG}g")
    return body


@cache
def shown(slug):
    return still(exercise(slug), ghost=True)


def test_everything_but_what_is_only_read_has_a_figure():
    assert {each.slug for each in exercises()} - {each.slug for each in DRAWN} == {
        "tremor-information"
    }
    with pytest.raises(NothingToDraw):
        still(exercise("tremor-information"))


@pytest.mark.parametrize("each", DRAWN, ids=lambda each: each.slug)
def test_a_still_is_small_and_only_shapes_with_classes(each):
    picture = shown(each.slug)
    assert packed(picture) <= 3000
    root = ElementTree.fromstring(picture)
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in {
            "svg", "g", "path", "rect", "ellipse", "filter", "feGaussianBlur",
        }  # fmt: skip
        assert not element.text and not element.get("style")
        assert element.get("class", "fig") in {"fig", *COLOURS["light"]}


@pytest.mark.parametrize("each", DRAWN, ids=lambda each: each.slug)
def test_all_of_a_figure_lies_inside_its_picture(each):
    left, top, width, height = viewbox(each)
    numbers = re.findall(r'class="\w" d="M(-?\d+)[ ]?(-?\d+)', shown(each.slug))
    points = np.array(numbers, dtype=int)
    assert (points[:, 0] >= left).all() and (points[:, 0] <= left + width).all()
    assert (points[:, 1] >= top).all() and (points[:, 1] <= top + height).all()


@pytest.mark.parametrize("each", DRAWN, ids=lambda each: each.slug)
def test_muscles_glow_only_where_a_figure_names_them_and_can_show_them(each):
    painted = [piece.paint for piece in drawing_of(each).scene.pieces]
    assert ("m" in painted) <= bool(each.figure.glow)
    assert painted.count("m") == painted.count("w")
    assert painted.count("i") == 3 * painted.count("m")


@pytest.mark.parametrize("each", MOVING, ids=lambda each: each.slug)
def test_what_moves_has_a_ghost_of_its_end(each):
    assert 'class="g"' in shown(each.slug)
    assert 'class="g"' not in still(each, at="end", ghost=True)
    assert ('class="k"' in shown(each.slug)) <= bool(each.figure.arrow)


@pytest.mark.parametrize("slug", ["bridge", "sit-to-stand"])
def test_an_animation_is_small_and_keeps_its_paths(slug):
    moving = animation(exercise(slug))
    assert packed(json.dumps(moving, separators=(",", ":"))) <= 15000
    body = body_of(moving["svg"])
    assert len(body) == len(moving["rows"])
    for curves in moving["rows"]:
        for _closed, first, *steps in curves:
            assert all(len(step) == len(first) for step in steps)
    letters = {re.sub(r"[^A-Za-z]", "", picture) for picture in frames(exercise(slug), count=3)}
    assert len(letters) == 1


def test_the_rows_lead_from_the_start_to_the_end():
    moving = animation(ONE)
    body = body_of(still(ONE, at="end"))
    for drawn, curves in zip(body, moving["rows"], strict=True):
        ends = [
            path(np.sum([first, *steps], axis=0).reshape(-1, 2), bool(closed))
            for closed, first, *steps in curves
        ]
        assert drawn.get("d") == "".join(ends)


def test_the_left_is_the_mirror_picture():
    right, left = viewbox(ONE), viewbox(ONE, "left")
    assert left == (-right[0] - right[2], *right[1:])
    mirrored = still(ONE, side="left")
    assert mirrored.count('transform="scale(-1 1)"') == 1
    assert re.findall(r' d="[^"]+"', mirrored) == re.findall(r' d="[^"]+"', still(ONE))


def test_colours_are_inside_only_where_a_theme_is_asked():
    assert "<style" not in still(ONE)
    for theme in ("light", "dark", "print"):
        assert f"<style>{style(theme)}</style>" in still(ONE, theme=theme)
    assert set(COLOURS["light"]) == set(COLOURS["dark"]) == set(COLOURS["print"])


def test_paper_has_no_colour_and_shows_the_muscle_by_its_edge():
    for colour in set(COLOURS["print"].values()) - {"none"}:
        digits = colour.removeprefix("#")
        assert len({*digits[:: len(digits) // 3]}) == len({*digits[-1 :: -len(digits) // 3]}) == 1
    assert ".m{stroke:#000" in style("print")


def test_ids_begin_with_the_prefix_and_a_label_is_escaped():
    picture = still(ONE, prefix="e01l", label='Left "hip" <')
    assert re.findall(r'id="([^"]+)"', picture) == ["e01lb"]
    assert "url(#e01lb)" in picture
    assert 'role="img" aria-label="Left &quot;hip&quot; &lt;"' in picture
    assert 'aria-hidden="true"' in still(ONE)


@pytest.mark.parametrize("at", [-0.1, 1.1, "middle", float("nan")])
def test_a_place_outside_the_movement_is_refused(at):
    with pytest.raises(ValueError, match="it goes from 0"):
        still(ONE, at=at)


def test_fewer_than_one_frame_is_refused():
    with pytest.raises(ValueError, match="at least 1"):
        frames(ONE, count=0)


def test_curves_are_written_short_and_close():
    square = units(np.array([(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]))
    assert path(square) == "M0 0c7 7 33 7 40 0s7-33 0-40-33-7-40 0-7 33 0 40z"


def test_a_figure_seen_from_elsewhere_has_the_same_person():
    assert ONE.figure is not None
    aside = replace(ONE, figure=replace(ONE.figure, aside=30.0, above=12.0))
    assert len(drawing_of(aside).scene.pieces) == len(drawing_of(ONE).scene.pieces)


def test_what_is_done_within_a_limit_is_drawn_as_small():
    within = [
        replace(each, figure=one.figure)
        for each in exercises()
        for one in each.limited
        if one.figure is not None
    ]
    assert within
    assert all(packed(still(each, ghost=True)) <= 3000 for each in within)


def test_pages_have_the_same_colours():
    sheet = files("psoas.web").joinpath("static/figure.css").read_text()
    assert len(sheet) <= 3072
    for name, colour in COLOURS["light"].items():
        assert f".{name}{{" in sheet
        assert f"light-dark({colour},{COLOURS['dark'][name]})" in sheet
