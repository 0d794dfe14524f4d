"""Many replications: runs, paired comparison, where they run."""
