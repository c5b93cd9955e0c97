"""The table of round trips, on the reference cohort: `python -m tests.registry.transfer.exports.comparing`."""

import os
import sys
import tempfile
from pathlib import Path


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("REGISTRY_ENVIRONMENT", "test")
    import django

    django.setup()
    from tests import databases
    from tests.registry.transfer.exports.comparison import HEAD, comparisons
    from tests.registry.transfer.exports.planted import plant
    from tests.registry.transfer.exports.r_readers import what_is_missing

    databases.start_cluster()
    try:
        databases.make_cohort_template()
        databases.copy_database(databases.COHORT, "registry_round_trips")
        with databases.connected_to("registry_round_trips"), tempfile.TemporaryDirectory() as folder:
            plant()
            print(HEAD)
            found = []
            for comparison in comparisons(Path(folder)):
                print("\n    ".join([comparison.line(), *comparison.differences[:5]]), flush=True)
                found.append(comparison)
            print(*what_is_missing(), sep="\n")
    finally:
        databases.stop_cluster()
    return int(any(comparison.differences for comparison in found))


if __name__ == "__main__":
    sys.exit(main())
