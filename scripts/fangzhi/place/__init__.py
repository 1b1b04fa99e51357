"""Places: the gazetteer, finding units in text, and which of them a figure belongs to."""
