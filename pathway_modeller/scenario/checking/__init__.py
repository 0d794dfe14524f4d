"""The rules that a pathway must keep to make sense, one file for each subject."""
