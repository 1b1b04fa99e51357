"""The edge: finding and reading input files, running the flow over them, progress, and publishing."""
