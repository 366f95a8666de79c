"""The openssl backend as an object, where pyca has its own. Importing this opens it."""

from .. import open_backend

__all__ = ["backend"]

backend = open_backend("openssl")
"""The openssl backend. It is for ``backend=``, and has ``lib``, ``ffi`` and ``openssl_version_text()``."""
