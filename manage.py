#!/usr/bin/env python3
"""Django's command line. On one machine it speaks to the registry that `make run` made."""

import os
import sys

from launch.instance import read_environment_file

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if "REGISTRY_ENVIRONMENT" not in os.environ:
        os.environ.update(read_environment_file())
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
