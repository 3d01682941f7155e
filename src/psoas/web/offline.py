"""What a page carries so that danger is seen, and help is found, without a network.

Nobody's data: the same words for everyone, under addresses that name their content's hash.
"""

import hashlib
import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from psoas.care.assessment.taking import OFFLINE, asked
from psoas.content import crisis
from psoas.content.language import gettext as said
from psoas.content.questionnaires import questionnaire
from psoas.content.redflags import questions
from psoas.web.forms import countries

A_YEAR = 365 * 24 * 3600


def words(country: str = "") -> dict[str, Any]:
    """The context of ``person/now/asking.html`` and of the night set."""
    return {
        "night": [(each.slug, said(each.short)) for each in questions().questions if each.night],
        "rules_address": rules_address(),
        "questions_address": questions_address(),
        "whom_to_ring": whom_to_ring(),
        "country": country,
    }


def rules_address() -> str:
    return reverse("check-rules", query={"v": questions().digest})


def questions_address() -> str:
    version = hashlib.sha256(mood_questions().encode()).hexdigest()
    return reverse("shell-questions", query={"v": version})


def whom_to_ring() -> list[dict[str, Any]]:
    """Every country's numbers: a page carries them all, so that none is fetched when needed."""
    by_code = {each.code: each for each in crisis.COUNTRIES}
    return [_country(by_code[code], label) for code, label in countries()]


def mood_questions() -> str:
    """The questionnaires that are asked without a network, as JSON in the reader's language."""
    return json.dumps({slug: _questionnaire(slug) for slug in OFFLINE}, ensure_ascii=False)


def by_its_hash(request: HttpRequest, text: str, version: str) -> HttpResponse:
    """JSON that stays what it is under an address that names its hash in ``v``.

    Raises:
        Http404: The address names another version; answers would be sent under a wrong name.
    """
    if request.GET.get("v", version) != version:
        raise Http404
    answer = HttpResponse(text, content_type="application/json")
    answer["ETag"] = f'"{version}"'
    lasting = f"public, max-age={A_YEAR}, immutable"
    answer["Cache-Control"] = lasting if "v" in request.GET else "no-cache"
    return answer


def _country(each: crisis.CrisisCountry, label: str) -> dict[str, Any]:
    lines = [
        {
            "name": line.label,
            "phone": line.phone,
            "tel": line.tel,
            "text": line.text_label,
            "number": line.text_number,
            "hours": line.hours_label,
            "web": line.web,
        }
        for line in each.lines
    ]
    return {
        "code": each.code,
        "name": label,
        "covers": each.covers,
        "emergency": each.emergency,
        "note": each.note_label,
        "lines": lines,
    }


def _questionnaire(slug: str) -> dict[str, Any]:
    found = questionnaire(slug)
    items = [
        {
            "number": item.number,
            "ask": item.label,
            "hint": item.hint_label,
            "options": [(option.value, option.said) for option in item.options],
            # What leads into the questions that count does not lead into one that is not.
            "lead": said(found.recall) if found.recall and item.scored else "",
        }
        for item in found.items
    ]
    return {
        "digest": asked(found),
        "items": items,
        "notice": found.licence.notice_label if found.licence.notice else "",
    }
