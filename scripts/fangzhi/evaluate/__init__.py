"""Evaluation: what was read held against a reader's annotations, table by table and column by column."""
