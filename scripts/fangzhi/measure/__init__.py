"""Measures: what a figure counts, as a column header would say it, in the words of the text."""
