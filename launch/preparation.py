"""Brings database and static files up to date. Runs in the project's environment, by `make run`:

`python -m launch.preparation FILL LOG`, where FILL is the command that fills a new registry. All in one process, since
starting Django takes longer than most of the steps.
"""

import os
import sys
from pathlib import Path

import django
from django.core.management import call_command

from launch.terminal import say


def prepare(fill: str, log_file: Path) -> None:
    steps = (
        ("Preparing roles and databases", "prepare_database"),
        ("Preparing the tables", "migrate", "--database", "migration"),
        ("Filling the registry, unless that was done before", fill),
        ("Collecting style sheets and scripts", "collectstatic", "--no-input"),
    )
    with log_file.open("w") as log:
        for title, *arguments in steps:
            say(title)
            # What filling the registry has to say is for the person at the terminal.
            call_command(*arguments, stdout=sys.stdout if arguments[0] == fill else log)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    prepare(sys.argv[1], Path(sys.argv[2]))
