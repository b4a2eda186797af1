"""From a certificate chain in PEM to the public key that signs for Alexa, if the chain holds.

Path building and every check of it (validity times, names, key usage, key sizes, hash algorithms, signatures) are
those of ``cryptography.x509.verification``: the profile of the CA/Browser Forum for web servers.
"""

from __future__ import annotations

import warnings
from datetime import datetime
from pathlib import Path

import certifi
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from skill.refusal import Reason, Refused

SIGNER = x509.DNSName("echo-api.amazon.com")
"""The name that the leaf's subject alternative names must hold (Amazon, "Host a custom skill as a web service")."""

MOST_CERTIFICATES = 10
"""In one chain; Amazon sends four or five. Ours, so that nobody makes us search a thousand."""


SMALLEST_KEY = 2048
"""Bits (CA/Browser Forum, Baseline Requirements 6.1.5). The path builder asks it of issuers only, not of the leaf."""


def public_roots() -> Store:
    """The roots that the web trusts, from ``certifi``."""
    pem = Path(certifi.where()).read_bytes()
    with warnings.catch_warnings():
        # Six of the roots have the serial number 0, Starfield's (above Amazon's own roots) among them.
        warnings.simplefilter("ignore", CryptographyDeprecationWarning)
        return Store(x509.load_pem_x509_certificates(pem))


def verified_public_key(pem: bytes, *, trusted: Store, at: datetime) -> RSAPublicKey:
    """The key of the first certificate in ``pem``, which must be the signer's, verified up to one of ``trusted``.

    ``at`` is the moment of the check, with a time zone. The other certificates are only material for a path: more
    than it needs, such as cross-signed ones above a trusted root, do no harm. Raises ``Refused``.
    """
    try:
        leaf, *others = x509.load_pem_x509_certificates(pem)
        if len(others) >= MOST_CERTIFICATES:
            raise Refused(Reason.CERTIFICATE_CHAIN)
        verifier = PolicyBuilder().store(trusted).time(at).build_server_verifier(SIGNER)
        path = verifier.verify(leaf, others)
        key = path[0].public_key()
    except (ValueError, VerificationError, UnsupportedAlgorithm, x509.DuplicateExtension) as error:
        raise Refused(Reason.CERTIFICATE_CHAIN) from error
    if not isinstance(key, RSAPublicKey) or key.key_size < SMALLEST_KEY:
        raise Refused(Reason.CERTIFICATE_CHAIN)
    return key
