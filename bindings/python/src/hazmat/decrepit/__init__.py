"""Algorithms that old data needs and new data should not."""
