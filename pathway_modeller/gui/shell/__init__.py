"""The window round everything: menus, files, panels, and what is added to it for running."""
