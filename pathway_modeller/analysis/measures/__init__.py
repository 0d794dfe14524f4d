"""The measures: what each is in words, and how it is worked out from the facts of one replication."""
