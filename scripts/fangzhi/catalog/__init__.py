"""Descriptions of the package for those who find, harvest and cite it: each a function of its descriptor."""
