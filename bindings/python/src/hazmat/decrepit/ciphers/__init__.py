"""Ciphers and modes that old data needs and new data should not."""
