"""Drawing investment shifts: pools as boxes, shifts as arrows between them, and what follows by month."""
