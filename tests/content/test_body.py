"""The body map: every place can be drawn, reached and named, and lies on the person's own side."""

import re

import pytest

from psoas.content import body
from psoas.content.reader import ContentError, entries_of

PICTURES = [(view, frame) for view in ("front", "back") for frame in ("pelvis", "body")]
SLUGS = [region.slug for region in body.REGIONS]
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def points(path, steps=8):
    """The outline of an ``M x y c … z`` path as a list of (x, y), curves walked in steps."""
    parsed = re.fullmatch(r"M(-?[\d.]+) (-?[\d.]+)c([-\d. ]+)(z?)", path)
    assert parsed, f"not a path of M, c and z: {path[:60]}"
    x, y = float(parsed[1]), float(parsed[2])
    numbers = [float(number) for number in NUMBER.findall(parsed[3])]
    assert len(numbers) % 6 == 0, f"curves are not whole: {path[:60]}"
    found = [(x, y)]
    for at in range(0, len(numbers), 6):
        xs = [x, *(x + dx for dx in numbers[at : at + 6 : 2])]
        ys = [y, *(y + dy for dy in numbers[at + 1 : at + 6 : 2])]
        for step in range(1, steps + 1):
            t = step / steps
            weights = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3)
            found.append(
                (
                    sum(w * v for w, v in zip(weights, xs, strict=True)),
                    sum(w * v for w, v in zip(weights, ys, strict=True)),
                )
            )
        x, y = xs[3], ys[3]
    return found


def inside(point, outline):
    x, y = point
    crossings = 0
    for (ax, ay), (bx, by) in zip(outline, outline[1:] + outline[:1], strict=True):
        if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
            crossings += 1
    return crossings % 2 == 1


def test_no_slug_and_no_name_comes_twice():
    assert len(set(SLUGS)) == len(SLUGS)
    assert len({region.name for region in body.REGIONS}) == len(SLUGS)


def test_the_close_up_names_21_places_a_view():
    assert len(body.regions("front", "pelvis")) == 21
    assert len(body.regions("back", "pelvis")) == 21


@pytest.mark.parametrize(
    ("slug", "name"),
    [
        ("front-left-groin", "left groin"),
        ("back-right-buttock", "right buttock"),
        ("front-jaw", "jaw"),
        ("front-right-knee", "right knee"),
        ("back-sacrum", "sacrum or tailbone"),
    ],
)
def test_a_place_is_found_by_its_slug_and_named_as_in_a_sentence(slug, name):
    assert body.region(slug).label == name


def test_the_tension_places_are_all_there():
    found = {region.slug for region in body.REGIONS if region.kind == "tension"}
    assert found == {
        "front-jaw",
        "front-chest",
        "front-belly",
        "front-left-shoulder",
        "front-right-shoulder",
        "back-neck",
        "back-left-shoulder",
        "back-right-shoulder",
        "back-upper-back-middle",
    }


@pytest.mark.parametrize("region", body.REGIONS, ids=SLUGS)
def test_every_path_closes_and_lies_inside_its_picture(region):
    assert region.path.endswith("z")
    left, top, width, height = body.silhouette(region.view, region.frame).view_box
    for x, y in points(region.path):
        assert left <= x <= left + width
        assert top <= y <= top + height


@pytest.mark.parametrize("region", body.REGIONS, ids=SLUGS)
def test_every_place_lies_on_the_body(region):
    outline = points(body.silhouette(region.view, region.frame).outline)
    assert all(inside(point, outline) for point in points(region.path, steps=2))


@pytest.mark.parametrize(("view", "frame"), PICTURES)
def test_every_anchor_lies_in_its_own_place_and_in_no_other(view, frame):
    outlines = {region.slug: points(region.path) for region in body.regions(view, frame)}
    for region in body.regions(view, frame):
        hit = [slug for slug, outline in outlines.items() if inside(region.anchor, outline)]
        assert hit == [region.slug]


@pytest.mark.parametrize(("view", "frame"), PICTURES)
def test_no_two_places_overlap(view, frame):
    outlines = [points(region.path, steps=4) for region in body.regions(view, frame)]
    for one in outlines:
        for other in outlines:
            assert one is other or not any(inside(point, other) for point in one)


@pytest.mark.parametrize("region", body.REGIONS, ids=SLUGS)
def test_left_is_the_persons_own_left(region):
    # You face the person in the front view, so their left is on the picture's right.
    picture_right = [x > 0 for x, _ in points(region.path)]
    if region.side == "middle":
        assert any(picture_right) and not all(picture_right)
    elif (region.side == "left") == (region.view == "front"):
        assert all(picture_right)
    else:
        assert not any(picture_right)


@pytest.mark.parametrize(
    "left", [r for r in body.REGIONS if r.side == "left"], ids=lambda region: region.slug
)
def test_left_and_right_mirror_each_other(left):
    right = body.region(left.slug.replace("-left-", "-right-"))
    assert [(-x, y) for x, y in points(left.path)] == points(right.path)
    assert (-left.anchor[0], left.anchor[1]) == right.anchor
    assert left.name.replace("left", "right") == right.name
    assert body.mirrored(body.mirrored(left.path)) == left.path


def test_the_list_holds_every_place_exactly_once():
    listed = [region.slug for _, regions in body.grouped() for region in regions]
    assert sorted(listed) == sorted(SLUGS)
    assert [heading for heading, _ in body.grouped()] == list(body.GROUPS)
    assert all(regions for _, regions in body.grouped())


def test_only_tension_stands_under_tension():
    assert all((r.group == "Tension") == (r.kind == "tension") for r in body.REGIONS)


@pytest.mark.parametrize(("view", "frame"), PICTURES)
def test_every_silhouette_is_one_closed_line_with_equal_halves(view, frame):
    found = body.silhouette(view, frame)
    assert found.outline.count("M") == 1 and found.outline.endswith("z")
    outline = points(found.outline, steps=20)
    for x, y in outline[:: len(outline) // 60]:
        nearest = min((x + a) ** 2 + (y - b) ** 2 for a, b in outline)
        assert nearest < 4**2
    assert found.view_box_text.count(" ") == 3


@pytest.mark.parametrize("view", ["front", "back"])
def test_the_door_to_the_close_up_lies_on_the_whole_body_and_over_no_place(view):
    whole, close = body.silhouette(view, "body"), body.silhouette(view, "pelvis")
    assert close.door == ""
    door = points(whole.door)
    outline = points(whole.outline)
    assert all(inside(point, outline) for point in door)
    for region in body.regions(view, "body"):
        assert not inside(region.anchor, door)
    hidden = [r.slug for r in body.regions(view, "pelvis") if not inside(r.anchor, door)]
    assert hidden == []
    assert whole.door_label == "hip and pelvis"


@pytest.mark.parametrize(("view", "frame"), PICTURES)
def test_every_place_is_wide_enough_for_a_finger_at_phone_width(view, frame):
    # 24 px is what WCAG 2.2 demands; the pictures are drawn 358 px wide on a 390 px phone.
    pixels = 358 / body.silhouette(view, frame).view_box[2]
    for region in body.regions(view, frame):
        xs, ys = zip(*points(region.path), strict=True)
        assert min(max(xs) - min(xs), max(ys) - min(ys)) * pixels >= 24


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"names": ["a", "b", "c"]}, "names holds one name, or the left and the right one"),
        ({"path": "M0 0h5z"}, "path may hold M, c and z alone"),
        ({"slug": "hip"}, "the slug begins with front-"),
        ({"view": "side"}, "Use one of “front”, “back”"),
    ],
)
def test_a_bad_place_is_refused_by_name(change, said):
    good = {
        "slug": "front-spot",
        "names": ["spot"],
        "view": "front",
        "frame": "body",
        "kind": "pain",
        "group": "Elsewhere",
        "anchor": [0, 1],
        "path": "M0 0c1 1 2 2 3 3z",
    }
    with pytest.raises(ContentError, match=re.escape(said)):
        entries_of({"place": [{**good, **change}]}, "places.toml", "place", body._Place)
