"""The outcomes page: numbers, curves and tables as the registry is now, and the patients behind each number."""
