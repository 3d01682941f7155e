from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "psoas.care.programme"
    label = "programme"
