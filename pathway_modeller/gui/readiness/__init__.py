"""What the open scenario is ready for, told beside Run and mended in place."""
