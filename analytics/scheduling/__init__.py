"""What comes by itself: definitions, their due times, and whether all of it still happens."""
