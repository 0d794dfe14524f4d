"""A pathway made ready to be played: ids become indices, groups tables, units whole milliseconds."""
