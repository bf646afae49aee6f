"""How passwords are hashed."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2idHasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two rounds, one lane: the first choice of OWASP's password storage cheat sheet.

    Django's own 100 MiB and eight lanes would let sixteen log-ins at once take 1.6 GB, more than the whole archive may.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
