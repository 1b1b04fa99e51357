"""The data package: a dataset written as files, judged, published at once, and read back."""
