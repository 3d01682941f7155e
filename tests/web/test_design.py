"""The look is kept by rules a machine can check: no inline code, one sheet, icons that exist."""

import re
from pathlib import Path

import pytest

import psoas.web

WEB = Path(psoas.web.__file__).parent
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
SHEET = (WEB / "static" / "psoas.css").read_text()
SPRITE = (WEB / "static" / "icons.svg").read_text()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(WEB)))
def test_a_template_carries_no_style_and_no_running_script(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"", text)
    for tag in re.findall(r"<script[^>]*>", text):
        assert "src=" in tag or 'type="application/json"' in tag, tag


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(WEB)))
def test_every_icon_a_template_names_is_in_the_sprite(path: Path) -> None:
    for name in re.findall(r'icon\.html" with name="([^"]+)"', path.read_text()):
        assert f'id="{name}"' in SPRITE, name


def test_colours_of_text_and_ground_are_written_once_in_the_tokens() -> None:
    tokens = SHEET.split("@layer tokens{")[1].split("@layer base{")[0]
    for name in ("paper", "ink", "teal", "clay", "danger", "pain-0", "pain-10"):
        declared = re.findall(rf"--{name}:light-dark\(#\w+,#\w+\)", SHEET)
        assert len(declared) == 1 and declared[0] in tokens


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


PAIRS = [
    *[(text, ground) for text in ("ink", "ink-2", "ink-3") for ground in ("paper", "card")],
    *[("teal", ground) for ground in ("paper", "card", "teal-soft")],
    *[("clay", ground) for ground in ("paper", "card", "clay-soft")],
    *[("danger", ground) for ground in ("paper", "card", "danger-soft")],
    ("on-teal", "teal"),
    ("ink", "sand"),
    ("ink-2", "sand"),
    *[("low", f"pain-{n}") for n in range(7)],
    *[("high", f"pain-{n}") for n in range(7, 11)],
]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_words_stand_out_from_their_ground(text: str, ground: str, scheme: int) -> None:
    tokens = dict(re.findall(r"--([\w-]+):light-dark\((#\w{6},#\w{6})\)", SHEET))
    pair = [tokens[name].split(",")[scheme] for name in (text, ground)]
    assert contrast(*pair) >= 4.5


def test_the_one_sheet_stays_within_twenty_kilobytes() -> None:
    assert len(SHEET.encode()) <= 20 * 1024
