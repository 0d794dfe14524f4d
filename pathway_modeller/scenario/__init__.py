"""What a commissioner describes: elements, capacity, options, evidence; checks, file, edits."""
