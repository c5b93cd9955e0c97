"""Days and months (D45)."""

DAYS_OF_A_MONTH = 30.4375


def in_months(days: float) -> float:
    """Days / 30.4375, not rounded."""
    return days / DAYS_OF_A_MONTH


def in_days(months: float) -> float:
    """Months * 30.4375; 24 months are 730.5 days."""
    return months * DAYS_OF_A_MONTH
