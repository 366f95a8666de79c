"""Hash functions, HMAC, ciphers and padding, in the shapes of pyca/cryptography."""
