"""A page of charts that stands alone: one file, nothing fetched, nothing run."""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from hashlib import sha256
from html import escape
from importlib.resources import files

from psoas.charts.chart import Chart
from psoas.content.language import gettext as _


def write_page(
    title: str, sentences: Sequence[str], notes: Sequence[str], charts: Iterable[Chart]
) -> str:
    """Return a whole HTML page.

    Its content policy allows its own stylesheet, by hash, and nothing else: no script, no image,
    no font, no address can ever be loaded by it, whatever a column is called.

    Args:
        title: The page's title and heading.
        sentences: The facts, one line each.
        notes: What was unusual about the file; may be empty.
        charts: Each becomes a card: heading, sentence, picture, table to unfold.
    """
    style = _style()
    digest = b64encode(sha256(style.encode()).digest()).decode()
    facts = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    said = "".join(f"<p>{escape(note)}</p>" for note in notes)
    cards = "".join(_card(chart) for chart in charts)
    foot = _("Patterns are clues, not causes. Days without an entry are left open.")
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" '
        f"content=\"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; "
        "form-action 'none'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n"
        f'<h1>{escape(title)}</h1>\n<ul class="facts">{facts}</ul>\n'
        + (f'<div class="notes">{said}</div>\n' if notes else "")
        + f'<div class="charts">{cards}</div>\n<p class="foot">{escape(foot)}</p>\n'
        "</main>\n</body>\n</html>\n"
    )


def _style() -> str:
    folder = files("psoas.charts") / "static"
    return "".join((folder / name).read_text("utf-8") for name in ("page.css", "chart.css"))


def _card(chart: Chart) -> str:
    title = escape(chart.title)
    as_table = escape(_("{title} as a table").format(title=chart.title))
    return (
        f'<section class="card" aria-labelledby="{chart.slug}-heading">'
        f'<h2 id="{chart.slug}-heading">{title}</h2><p>{escape(chart.sentence)}</p>{chart.svg}'
        f"<details><summary>{escape(_('Show as a table'))}</summary>"
        f'<div class="scroll" tabindex="0" role="region" aria-label="{as_table}">'
        f"{table_of(chart)}</div></details></section>\n"
    )


def table_of(chart: Chart, class_: str = "") -> str:
    """Return a chart's numbers as an HTML table, everything in it escaped.

    Args:
        chart: The chart.
        class_: For a page whose sheet styles tables by class.
    """
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in chart.columns)
    rows = []
    for first, *others in chart.rows:
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in others)
        rows.append(f'<tr><th scope="row">{escape(first)}</th>{cells}</tr>')
    opening = f'<table class="{escape(class_)}">' if class_ else "<table>"
    return f"{opening}<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
