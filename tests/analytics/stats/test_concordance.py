import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analytics.stats.concordance import count_pairs
from analytics.stats.ties import collapse_ties

subjects = st.lists(st.tuples(st.integers(0, 9), st.booleans(), st.integers(0, 5)), min_size=1, max_size=30)


@given(subjects)
def test_pairs_are_those_of_the_definition(subjects: list[tuple[int, bool, int]]) -> None:
    counts = {"concordant": 0, "discordant": 0, "tied": 0}
    for time, event, risk in subjects:
        for other_time, other_event, other_risk in subjects:
            if event and (time < other_time or (time == other_time and not other_event)):
                order = "concordant" if risk > other_risk else "discordant" if risk < other_risk else "tied"
                counts[order] += 1
    time, event, risk = (np.array(column) for column in zip(*subjects, strict=True))
    tied = collapse_ties(time.astype(float))
    found = count_pairs(risk.astype(float)[tied.order], event[tied.order], tied.starts)
    assert found == tuple(counts.values())
