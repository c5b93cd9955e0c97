"""The OpenAPI description: bodies from the declarations, what is common to all addresses once."""

from registry.api.description import extensions  # noqa: F401  (registers them)
