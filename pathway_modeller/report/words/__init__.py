"""What charts say: headlines, titles, and figures in words."""
