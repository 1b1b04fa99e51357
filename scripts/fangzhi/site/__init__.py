"""The site: Datasette over the database of a package, with pages of its own.

What is particular to Datasette 0.65 stays in this folder.
"""
