"""What an estimator raises instead of returning a number it cannot vouch for."""


class StatisticsError(ValueError):
    """Base of all errors of this package.

    `argument` is the name of the argument at fault and `row` its 0-based row, where there is one.
    """

    def __init__(self, message: str, *, argument: str | None = None, row: int | None = None) -> None:
        self.argument = argument
        self.row = row
        place = "" if argument is None else f"{argument}: " if row is None else f"{argument}[{row}]: "
        super().__init__(place + message)


class InputError(StatisticsError):
    """An argument has the wrong shape, a missing value or a value that is not allowed."""


class NoEventsError(StatisticsError):
    """There is no event, or nothing but events, so nothing can be estimated."""


class CollinearError(StatisticsError):
    """A covariate is constant among those at risk, or determined by the others."""


class SeparationError(StatisticsError):
    """A covariate predicts the outcome perfectly, so its coefficient is infinite."""


class ConvergenceError(StatisticsError):
    """The iterations did not settle."""


class TooLargeError(StatisticsError):
    """An exact computation would need more memory than there is."""
