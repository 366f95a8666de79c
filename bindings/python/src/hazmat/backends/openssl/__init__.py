"""The openssl backend as an object, where pyca has its own. Importing this opens it."""

from .backend import backend

__all__ = ["backend"]
