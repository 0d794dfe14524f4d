"""The facts of one replication, from its trace or as tallied; and what must hold in every trace."""
