"""The charts, one file each: findings -> chart."""
