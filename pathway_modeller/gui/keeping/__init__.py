"""Keeping work: changes aside while one edits, earlier versions of a file, and who else has it open."""
