"""Charts in the window: drawn beside it, shown as pictures in it."""
