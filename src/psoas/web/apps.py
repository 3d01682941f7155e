from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "psoas.web"
    label = "web"
