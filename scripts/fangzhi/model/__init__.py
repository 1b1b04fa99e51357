"""What is published: code lists, columns and the row models of every table.

The single source from which schemas/, the SQLite tables, the column texts of the site and the
data dictionary are made.
"""
