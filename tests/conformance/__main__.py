import sys

from tests.conformance.compare import main

sys.exit(main(sys.argv[1:]))
