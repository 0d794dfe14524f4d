"""What traces say: waits, occupancy, activity, cost, intervals."""
