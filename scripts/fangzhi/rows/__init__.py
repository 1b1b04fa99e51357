"""From what was read on a page to typed rows with stable keys."""
