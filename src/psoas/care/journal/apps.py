from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "psoas.care.journal"
    label = "journal"
