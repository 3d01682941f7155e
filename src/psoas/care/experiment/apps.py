from django.apps import AppConfig


class ExperimentConfig(AppConfig):
    name = "psoas.care.experiment"
    label = "experiment"
