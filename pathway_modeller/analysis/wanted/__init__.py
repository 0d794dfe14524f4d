"""What a pathway's figures need to be tallied while it is played."""
