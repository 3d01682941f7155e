from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "psoas.care.assessment"
    label = "assessment"
