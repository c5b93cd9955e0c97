from registry.crf.language import Message


class Unreadable(Exception):
    """The text is not a banded karyotype: `problem` says why, `token` is the place where reading stopped."""

    def __init__(self, problem: Message, token: str) -> None:
        super().__init__(str(problem))
        self.problem = problem
        self.token = token
