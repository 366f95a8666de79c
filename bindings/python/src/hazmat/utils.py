"""The warnings that old names and weak keys cause, as pyca's module of this name has them."""

from ._runtime import Buffer


class CryptographyDeprecationWarning(UserWarning):
    """A use of something that is there for old programs only."""


DeprecatedIn43 = CryptographyDeprecationWarning
"""The warning for what pyca deprecated in release 43."""

DeprecatedIn47 = CryptographyDeprecationWarning
"""The warning for what pyca deprecated in release 47."""

__all__ = ["Buffer", "CryptographyDeprecationWarning", "DeprecatedIn43", "DeprecatedIn47"]
