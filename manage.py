#!/usr/bin/env python3
"""Django's command line. On one machine it speaks to the registry that `make run` made."""

import os
import sys

from launch.instance import read_environment_file

# They read files and declarations, never a database: a statistician has neither secrets nor addresses.
WITHOUT_A_REGISTRY = ("analyse", "codebook")

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if "REGISTRY_ENVIRONMENT" not in os.environ:
        found = read_environment_file()
        is_alone = not found and sys.argv[1:2] and sys.argv[1] in WITHOUT_A_REGISTRY
        os.environ.update({"REGISTRY_ENVIRONMENT": "test"} if is_alone else found)
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
