"""`python3 -m launch run|test|check`. This file must be readable by old versions of Python, to tell them so."""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Python 3.11 or newer is needed; this is Python %d.%d (%s). "
        "Install a newer one and call it by name, for example: python3.11 -m launch run"
        % (sys.version_info[0], sys.version_info[1], sys.executable)
    )

from launch.command_line import main

sys.exit(main())
