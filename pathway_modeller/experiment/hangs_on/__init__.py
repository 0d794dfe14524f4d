"""What an answer hangs on: each assumption at the ends of its range, one at a time."""
