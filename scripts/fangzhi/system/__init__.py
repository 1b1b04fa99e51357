"""Named systems: programmes, mechanisms, models, platforms, vouchers and brands, and their parts."""
