"""A letter or a plan drawn as a PDF: here, by ourselves, with nothing fetched from anywhere."""

from pathlib import Path

_TEMPLATES = Path(__file__).parents[1] / "templates" / "person"
LETTER = _TEMPLATES / "letter" / "sheet.css"
PLAN = _TEMPLATES / "move" / "sheet.css"


class CannotDraw(Exception):
    """This machine lacks what drawing a PDF takes; the page to print is still there."""


def drawn(html: str, sheet: Path = LETTER) -> bytes:
    """Draw a page as A4. The first time takes a second or two: what draws is large."""
    try:
        # Only here: nobody waits for it who wants no letter, and psoas runs without it.
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as problem:
        raise CannotDraw(str(problem)) from problem
    # A picture or a sheet that somebody's words point at is never asked for, not even from here.
    refuse = URLFetcher(allowed_protocols=())
    fonts = FontConfiguration()
    css = weasyprint.CSS(string=sheet.read_text(), font_config=fonts, url_fetcher=refuse)
    page = weasyprint.HTML(string=html, url_fetcher=refuse, base_url=None)
    pdf: bytes = page.write_pdf(stylesheets=[css], font_config=fonts, pdf_tags=True)
    return pdf
