"""Whether a trigger is something a person can switch, what then is tested, and where."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from psoas.care.journal.notebook import Notebook
from psoas.content.practices import limit_of, practices_for
from psoas.content.triggers import TRIGGERS
from psoas.web.person.experiment_offers import address

_NAMES = {trigger.slug: trigger.name for trigger in TRIGGERS}


@dataclass(frozen=True)
class Way:
    """What a page can offer for a trigger: a test that is ready, or words of one's own, or why not.

    Attributes:
        url: Where its button leads; empty where it is not tested here.
        label: What the button says: what is tested.
        note: The line beside it.
        ready: Whether there is a test of it, or of what answers it.
    """

    url: str = ""
    label: str = ""
    note: str = ""
    ready: bool = False


def way_to_test(keys: Iterable[str], notebook: Notebook) -> Way:
    """What can be tested about these triggers: the first that is ready, else the first at all.

    Of what is offered, content says what answers it. Whether something of their own can be done
    or left, the person knows; medicines and what could harm are not tested here.
    """
    ways = [_way(key, notebook) for key in keys]
    return next((each for each in ways if each.ready), ways[0] if ways else Way())


def _way(key: str, notebook: Notebook) -> Way:
    own = next((each.name for each in notebook.own if each.key == key), None)
    limit = limit_of(own or _NAMES.get(key, ""))
    if limit is not None and limit.kind == "never":
        return Way(note=_("This is not tested here. %(why)s") % {"why": limit.said})
    if own is not None:
        return Way(
            address(key, notebook), _("Test it"), _("An experiment on your own days"), ready=True
        )
    if close := practices_for(key):
        return Way(
            address(key, notebook),
            _("Test %(practice)s") % {"practice": close[0].label},
            _("It may help. A coin cannot decide the thing itself."),
            ready=True,
        )
    return Way(
        f"{reverse('experiment-new')}?own=1",
        _("In your own words"),
        _("There is no ready test of this. Test something you can do, or leave, about it."),
    )
