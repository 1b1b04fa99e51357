"""The arithmetic between figures that a text states, made where its words say how they relate."""
