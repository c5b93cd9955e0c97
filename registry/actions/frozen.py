"""While the registry is frozen for an analysis no action changes a record; PostgreSQL refuses it too."""

from registry.actions.errors import RegistryFrozen
from registry.models import RegistrySettings


def refuse_while_frozen() -> None:
    if RegistrySettings.load().frozen_at:
        raise RegistryFrozen
