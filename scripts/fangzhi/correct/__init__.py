"""Corrections: what data editors change in the rows as read, kept as data and applied anew by every build."""
