from django.apps import AppConfig
from django.utils.translation import gettext, ngettext

from psoas.content import language


class PeopleConfig(AppConfig):
    name = "psoas.care.people"
    label = "people"

    def ready(self) -> None:
        # The science floors' sentences are translated by the same catalogue as the pages.
        language.use(language.Translator(gettext, ngettext))
