import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from registry.actions.install import first_administrator
from registry.web.invitation import invitation_path

DEFAULT_ADDRESS = "http://127.0.0.1:8000"


class Command(BaseCommand):
    help = "Make the first administrator of an empty registry; print the link that sets the password. Repeatable."

    def handle(self, *args: Any, **options: Any) -> None:
        administrator = first_administrator()
        if administrator.has_usable_password():
            raise CommandError("The first administrator has a password already; others are invited on the page Users.")
        address = os.environ.get("REGISTRY_ADDRESS", DEFAULT_ADDRESS)
        self.stdout.write("The account `administrator` waits for its password. Open this link once, within 3 days:")
        self.stdout.write(f"{address}{invitation_path(administrator)}")
