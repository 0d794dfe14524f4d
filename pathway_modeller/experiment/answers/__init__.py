"""The answers of a comparison: for each option whether, when and for whom it pays."""
