"""What a person types, read: numbers, shares, pounds, times, days, lists. Knows no Qt."""
