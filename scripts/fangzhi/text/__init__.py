"""Characters: decoding, repair with an offset map, folding for matching, sentences."""
