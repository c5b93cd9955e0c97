"""Our estimators beside R's and lifelines': time, peak memory, and whether they give the same number."""
