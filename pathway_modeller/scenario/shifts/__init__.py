"""Investment shifts: pounds that become whole units opened in one pool and closed in another."""
