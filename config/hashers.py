"""The password hash: Argon2 at the cost that OWASP advises; Django's default takes five times as long."""

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher


class RegistryArgon2PasswordHasher(Argon2PasswordHasher):
    time_cost = 1
    memory_cost = settings.PASSWORD_HASH_MEMORY_KIB
    parallelism = 1
