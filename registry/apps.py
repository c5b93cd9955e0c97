from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class RegistryConfig(AppConfig):
    name = "registry"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Registry"

    def ready(self) -> None:
        from registry.access.startup import refuse_on_connection
        from registry.audit.protection import protect_after_migration
        from registry.models import checks  # noqa: F401  (registers them)

        connection_created.connect(refuse_on_connection)
        post_migrate.connect(protect_after_migration, sender=self)
