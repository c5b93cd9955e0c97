"""Our estimators on a data set, under the names that the R scripts in r/ give to the same numbers."""

from tests.conformance import measured_curves, measured_models, measured_tests
from tests.conformance.data_sets import Columns
from tests.conformance.values import Values, flatten

FAMILIES = (
    measured_curves.kaplan_meier,
    measured_curves.restricted_mean,
    measured_curves.cumulative_incidence,
    measured_tests.log_rank,
    measured_tests.gray_test,
    measured_models.cox,
    measured_models.proportional_hazards,
    measured_models.fine_gray,
    measured_models.logistic,
    measured_models.firth_logistic,
    measured_models.backward_elimination,
    measured_tests.wilcoxon,
    measured_tests.kruskal_wallis,
    measured_tests.fisher_exact,
    measured_tests.describe,
    measured_tests.clark_completeness,
    measured_tests.exact_proportion,
    measured_tests.funnel_limits,
)


def measure(columns: Columns) -> Values:
    """Every statistic of every family."""
    return flatten({family.__name__: family(columns) for family in FAMILIES})
