"""The order among readings that compete, learned from annotated pages: weights, and how they are fitted."""
