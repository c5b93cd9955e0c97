"""Twelve made subjects with ties between events, and between events and censorings (small.R computes their numbers)."""

TIME = [1, 2, 2, 3, 5, 5, 8, 9, 9, 12, 14, 15]
STATUS = [1, 1, 1, 2, 1, 0, 2, 1, 0, 0, 1, 0]
EVENT = [int(status > 0) for status in STATUS]
X = [1, 1, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0]
