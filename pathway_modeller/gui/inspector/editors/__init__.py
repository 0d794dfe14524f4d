"""One editor for each kind of value, and the table that says which."""
