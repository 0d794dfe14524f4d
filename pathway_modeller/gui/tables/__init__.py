"""Tables of population, moves, payers, spending and shifts, which take a paste from a spreadsheet."""
