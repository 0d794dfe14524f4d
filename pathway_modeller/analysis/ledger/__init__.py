"""Every pound of one replication in lines that add up to the penny."""
