"""Every figure on one sheet, to be looked at: start with its ghost, and end, in one theme.

python -m scripts.contact_sheet sheet.png [--theme dark] [--side left] [slug …]
"""

import argparse
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from psoas.content.exercises import exercise, exercises
from psoas.motion.figure import still
from psoas.motion.theme import Theme
from scripts.pictures import CHROMIUM

PAPER = {"light": ("#F5F1E8", "#29211A"), "dark": ("#14100D", "#EAE2D4"), "print": ("#FFF", "#000")}
STYLE = (
    "body{{margin:16px;background:{0};color:{1};font:14px system-ui;display:grid;"
    "grid-template-columns:repeat({2},1fr);gap:10px 18px;align-items:end}}"
    "figure{{margin:0;display:grid;grid-template-columns:1fr 1fr;align-items:end}}"
    "figcaption{{grid-column:1/3}}img{{width:100%;max-height:{3}px}}"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("slugs", nargs="*")
    parser.add_argument("--theme", choices=list(PAPER), default="light")
    parser.add_argument("--side", choices=("right", "left"), default="right")
    parser.add_argument("--columns", type=int, default=4)
    parser.add_argument("--width", type=int, default=1600)
    parser.add_argument("--height", type=int, default=230)
    args = parser.parse_args()
    folder = args.out.with_suffix("")
    folder.mkdir(parents=True, exist_ok=True)
    chosen = [exercise(slug) for slug in args.slugs] or list(exercises())
    cells = []
    for each in (each for each in chosen if each.figure):
        names = []
        for at in ("start", "end"):
            if at == "end" and len(each.figure.keyframes) == 1:
                continue
            picture = still(each, at=at, side=args.side, ghost=True, theme=args.theme)
            (folder / f"{each.slug}-{at}.svg").write_text(picture)
            names.append(f"{folder.name}/{each.slug}-{at}.svg")
        images = "".join(f'<img src="{name}">' for name in names)
        cells.append(f"<figure>{images}<figcaption>{each.slug}</figcaption></figure>")
    _shot(args, args.theme, cells)


def _shot(args: argparse.Namespace, theme: Theme, cells: list[str]) -> None:
    style = STYLE.format(*PAPER[theme], args.columns, args.height)
    page_file = args.out.with_suffix(".html")
    page_file.write_text(f"<meta charset=utf-8><style>{style}</style>{''.join(cells)}")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        page = browser.new_page(viewport={"width": args.width, "height": 800})
        page.goto(page_file.resolve().as_uri())
        time.sleep(0.3)
        page.screenshot(path=args.out, full_page=True)
        browser.close()


if __name__ == "__main__":
    main()
