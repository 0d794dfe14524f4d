"""Planning mode: the expected population and its spending, by equations instead of patients."""
