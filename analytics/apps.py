from django.apps import AppConfig


class AnalyticsConfig(AppConfig):
    name = "analytics"
    verbose_name = "Analytics"

    def ready(self) -> None:
        from analytics import exports
        from registry.transfer.exports import formats

        formats.register("analysis", exports.write)
