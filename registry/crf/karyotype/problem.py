class Unreadable(Exception):  # noqa: N818  (it is the verdict on a string, not a fault of the program)
    """The text is not a banded karyotype: `problem` says why, `token` is the place where reading stopped."""

    def __init__(self, problem: str, token: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.token = token
