"""Quantities: numerals, units, qualifiers, and which of them state a fact."""
