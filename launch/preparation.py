"""Brings database and static files up to date. Runs in the project's environment, by `make run`:

`python -m launch.preparation FILL LOG`, where FILL is the command that fills a new registry. All in one process, since
starting Django takes longer than most of the steps.
"""

import os
import sys
from pathlib import Path

import django
from django.core.management import CommandError, call_command

from launch.terminal import say


def prepare(fill: str, log_file: Path) -> None:
    with log_file.open("w") as log:
        say("Preparing roles and databases")
        call_command("prepare_database", stdout=log)
        say("Preparing the tables")
        call_command("migrate", database="migration", interactive=False, stdout=log)
        say("Collecting style sheets and scripts")
        call_command("collectstatic", interactive=False, stdout=log)
    from registry.actions.install import is_installed  # models can be imported once Django is set up

    if not is_installed():
        say("Filling the registry, this first time")
        call_command(fill)
        if fill == "load_demonstration":
            call_command("schedule_reports", username="coordinator")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    try:
        prepare(sys.argv[1], Path(sys.argv[2]))
    except CommandError as error:
        sys.exit(str(error))
