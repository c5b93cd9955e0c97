"""What several entries of the plan need of one data set is computed once."""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from analytics.cohort.data_set import AnalysisDataSet

P = ParamSpec("P")
T = TypeVar("T")


def once(function: Callable[Concatenate[AnalysisDataSet, P], T]) -> Callable[Concatenate[AnalysisDataSet, P], T]:
    """Remembers the result with the data set, for as long as that is kept. Arguments must be hashable."""

    @wraps(function)
    def remembered(data: AnalysisDataSet, *args: P.args, **kwargs: P.kwargs) -> T:
        key: Hashable = (function, args, tuple(sorted(kwargs.items())))
        if key not in data.remembered:
            data.remembered[key] = function(data, *args, **kwargs)
        found: Any = data.remembered[key]
        return found  # type: ignore[no-any-return]

    return remembered
