"""All that reaches into Numba's inside, which no version of Numba promises to keep.

Outside this folder only ``numba``'s public names are used. ``tests/engines/test_numba_parts.py`` says in a
sentence what another version of Numba lacks.
"""
