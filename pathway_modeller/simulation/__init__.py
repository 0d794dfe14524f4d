"""One replication: a pathway becomes a trace."""
