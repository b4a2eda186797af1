"""A certificate authority made for the tests: a root, an intermediate and leaves like those that sign for Alexa."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NOW = datetime(2026, 3, 14, 19, 30, tzinfo=UTC)
"""The tests' frozen time."""

ECHO = x509.DNSName("echo-api.amazon.com")


def new_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    """A fresh RSA key."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


@dataclass(frozen=True)
class Issued:
    """A certificate with its private key."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def issue(
    common_name: str,
    *,
    key: rsa.RSAPrivateKey | None = None,
    by: Issued | None = None,
    is_ca: bool = False,
    names: Sequence[x509.GeneralName] | None = None,
    valid: tuple[datetime, datetime] = (NOW - timedelta(days=30), NOW + timedelta(days=30)),
    extensions: bool = True,
) -> Issued:
    """A certificate signed by ``by`` (by itself when None); ``names`` are the subject alternative names, if any."""
    own = key or new_key()
    signer = by.key if by else own
    issuer = by.certificate.subject if by else _name(common_name)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(common_name))
        .issuer_name(issuer)
        .public_key(own.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(valid[0])
        .not_valid_after(valid[1])
    )
    if extensions:
        usage = dict.fromkeys(
            ("content_commitment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
        )
        builder = (
            builder.add_extension(x509.BasicConstraints(ca=is_ca, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(own.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
            .add_extension(
                x509.KeyUsage(
                    digital_signature=True, key_encipherment=not is_ca, key_cert_sign=is_ca, crl_sign=is_ca, **usage
                ),
                critical=True,
            )
        )
        if not is_ca:
            builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return Issued(builder.sign(signer, SHA256()), own)


@dataclass(frozen=True)
class Pki:
    """A root, an intermediate below it, and a leaf for the name that signs for Alexa."""

    root: Issued
    intermediate: Issued
    leaf: Issued

    @classmethod
    def generate(cls) -> Pki:
        root = issue("Test Root", is_ca=True)
        intermediate = issue("Test Intermediate", is_ca=True, by=root)
        return cls(root, intermediate, issue("echo-api.amazon.com", by=intermediate, names=[ECHO]))

    @property
    def chain(self) -> bytes:
        """PEM: the leaf and the intermediate, as a server sends them."""
        return self.leaf.pem + self.intermediate.pem

    def leaf_with(
        self,
        *,
        key: rsa.RSAPrivateKey | None = None,
        names: Sequence[x509.GeneralName] = (ECHO,),
        valid: tuple[datetime, datetime] = (NOW - timedelta(days=30), NOW + timedelta(days=30)),
        extensions: bool = True,
    ) -> bytes:
        """PEM of a chain with another leaf, which has the good leaf's key unless given one."""
        leaf = issue(
            "echo-api.amazon.com",
            by=self.intermediate,
            key=key or self.leaf.key,
            names=names,
            valid=valid,
            extensions=extensions,
        )
        return leaf.pem + self.intermediate.pem
