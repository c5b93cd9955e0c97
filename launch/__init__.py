"""From an empty machine to a running registry, or a finished test run. Standard library only."""
