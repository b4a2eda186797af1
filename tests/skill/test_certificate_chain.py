"""From a chain in PEM to the key that signs for Alexa (cases 53 to 67)."""

from __future__ import annotations

import ipaddress
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.verification import Store

from skill.certificate_chain import MOST_CERTIFICATES, public_roots, verified_public_key
from skill.refusal import Refused
from tests.skill.pki import ECHO, NOW, Pki, issue, new_key

DAY = timedelta(days=1)


def _trusted(pki: Pki) -> Store:
    return Store([pki.root.certificate])


def _accepts(pki: Pki, pem: bytes) -> bool:
    try:
        key = verified_public_key(pem, trusted=_trusted(pki), at=NOW)
    except Refused:
        return False
    assert key == pki.leaf.key.public_key()
    return True


def test_a_good_chain_gives_the_leafs_key(pki: Pki) -> None:
    """The control beside every refusal below."""
    assert _accepts(pki, pki.chain)


def test_53_54_a_leaf_counts_only_from_its_first_to_its_last_moment(pki: Pki) -> None:
    """Else a key that was withdrawn, or not yet handed over, still speaks for Amazon."""
    pem = pki.leaf_with(valid=(NOW - DAY, NOW + DAY))
    for at, good in [(NOW - DAY, True), (NOW + DAY, True), (NOW - 2 * DAY, False), (NOW + 2 * DAY, False)]:
        if good:
            assert verified_public_key(pem, trusted=_trusted(pki), at=at)
        else:
            with pytest.raises(Refused):
                verified_public_key(pem, trusted=_trusted(pki), at=at)


@pytest.mark.parametrize(
    ("names", "good"),
    [
        pytest.param([ECHO], True, id="control"),
        pytest.param([], False, id="55 common name only"),
        pytest.param([x509.DNSName("example.com")], False, id="56 another name"),
        pytest.param([x509.DNSName("amazon.com")], False, id="56 the parent domain"),
        pytest.param([x509.DNSName("echo-api.amazon.com.attacker.test")], False, id="57 a longer name"),
        pytest.param([x509.DNSName("xecho-api.amazon.com")], False, id="57 a name that ends so"),
        pytest.param([x509.DNSName("a.test"), ECHO, x509.DNSName("b.test")], True, id="58 second of three"),
        pytest.param([x509.IPAddress(ipaddress.ip_address("192.0.2.1")), ECHO], True, id="59 an address first"),
        pytest.param([x509.RFC822Name("a@example.com"), ECHO], True, id="59 an e-mail first"),
        pytest.param([x509.RFC822Name("echo-api.amazon.com@evil.test")], False, id="59 the name as an e-mail"),
    ],
)
def test_the_leaf_must_name_the_signer(pki: Pki, names: list[x509.GeneralName], good: bool) -> None:
    """Anyone can buy a certificate for a name of their own."""
    assert _accepts(pki, pki.leaf_with(names=names)) is good


def test_55_a_leaf_without_any_extension_is_refused(pki: Pki) -> None:
    """A certificate of version 1 in manner names nobody."""
    assert not _accepts(pki, pki.leaf_with(names=[], extensions=False))


def test_60_a_chain_that_ends_elsewhere_is_refused(pki: Pki) -> None:
    """Anyone can sign a certificate with that name themselves."""
    stranger = Pki.generate()
    assert not _accepts(pki, stranger.chain)
    assert not _accepts(pki, stranger.chain + stranger.root.pem)
    assert not _accepts(pki, issue("echo-api.amazon.com", names=[ECHO]).pem)


def test_61_the_public_roots_do_not_trust_the_tests_root(pki: Pki) -> None:
    """The roots of production must not be the tests'."""
    with pytest.raises(Refused):
        verified_public_key(pki.chain, trusted=public_roots(), at=NOW)


def test_62_a_missing_intermediate_is_refused(pki: Pki) -> None:
    """A path with a gap proves nothing."""
    assert not _accepts(pki, pki.leaf.pem)


def test_63_a_leaf_cannot_issue_another(pki: Pki) -> None:
    """Anyone with any certificate could sign for Amazon."""
    owner = issue("someone.test", by=pki.intermediate, names=[x509.DNSName("someone.test")])
    forged = issue("echo-api.amazon.com", by=owner, names=[ECHO])
    assert not _accepts(pki, forged.pem + owner.pem + pki.intermediate.pem)


def test_64_a_flipped_signature_byte_is_refused(pki: Pki) -> None:
    """Else a certificate's content could be rewritten."""
    der = bytearray(pki.leaf.certificate.public_bytes(Encoding.DER))
    der[-1] ^= 1
    changed = x509.load_der_x509_certificate(bytes(der)).public_bytes(Encoding.PEM)
    assert not _accepts(pki, changed + pki.intermediate.pem)


def test_65_certificates_above_a_trusted_one_do_no_harm(pki: Pki) -> None:
    """Amazon's own chain goes on past its root, cross-signed by an older one that may have left the trust store."""
    older = issue("Older Root", is_ca=True)
    cross = issue("Test Root", key=pki.root.key, by=older, is_ca=True)
    assert _accepts(pki, pki.chain + cross.pem + older.pem)
    assert _accepts(pki, pki.leaf.pem + cross.pem + older.pem + pki.intermediate.pem)


ARMOUR = b"-----BEGIN CERTIFICATE-----\nbm90IGEgY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n"


@pytest.mark.parametrize(
    "pem",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"<html>Not found</html>", id="a web page"),
        pytest.param(ARMOUR, id="armour around something else"),
        pytest.param(ARMOUR[:40], id="cut off"),
        pytest.param(b"\xff\xfe\x00", id="bytes"),
    ],
)
def test_66_what_is_no_chain_is_refused(pki: Pki, pem: bytes) -> None:
    """A download that went wrong must end in a refusal, not in a traceback."""
    assert not _accepts(pki, pem)


def test_66_garbage_after_a_good_leaf_is_refused(pki: Pki) -> None:
    """Nothing of a broken chain is used."""
    assert not _accepts(pki, pki.chain + ARMOUR)


def test_67_a_weak_key_is_refused(pki: Pki) -> None:
    """A key of 1024 bits can be broken."""
    weak = new_key(1024)
    assert not _accepts(pki, pki.leaf_with(key=weak))
    issuer = issue("Weak Intermediate", key=weak, by=pki.root, is_ca=True)
    leaf = issue("echo-api.amazon.com", key=pki.leaf.key, by=issuer, names=[ECHO])
    assert not _accepts(pki, leaf.pem + issuer.pem)


SHA256_WITH_RSA = bytes.fromhex("2a864886f70d01010b")
SHA1_WITH_RSA = bytes.fromhex("2a864886f70d010105")


def test_67_a_certificate_signed_with_sha_1_is_refused(pki: Pki) -> None:
    """SHA-1 certificates have been forged."""
    leaf, key = pki.leaf.certificate, pki.intermediate.key
    # The library will not sign one, so the signature of a good one is replaced, and its name in both places.
    signed = leaf.tbs_certificate_bytes.replace(SHA256_WITH_RSA, SHA1_WITH_RSA)
    whole = leaf.public_bytes(Encoding.DER).replace(leaf.tbs_certificate_bytes, signed)
    whole = whole.replace(SHA256_WITH_RSA, SHA1_WITH_RSA)
    whole = whole.replace(leaf.signature, key.sign(signed, PKCS1v15(), SHA1()))  # noqa: S303
    with_sha_1 = x509.load_der_x509_certificate(whole)
    key.public_key().verify(with_sha_1.signature, with_sha_1.tbs_certificate_bytes, PKCS1v15(), SHA1())  # noqa: S303
    assert not _accepts(pki, with_sha_1.public_bytes(Encoding.PEM) + pki.intermediate.pem)


def test_a_key_of_another_kind_is_refused(pki: Pki) -> None:
    """Amazon signs with RSA; another key could not check its signatures."""
    signer = pki.intermediate
    key = ec.generate_private_key(ec.SECP256R1())
    leaf = pki.leaf.certificate
    builder = (
        x509.CertificateBuilder()
        .subject_name(leaf.subject)
        .issuer_name(leaf.issuer)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(leaf.not_valid_before_utc)
        .not_valid_after(leaf.not_valid_after_utc)
    )
    for extension in leaf.extensions:
        if not isinstance(extension.value, x509.SubjectKeyIdentifier):
            builder = builder.add_extension(extension.value, extension.critical)
    issued = builder.sign(signer.key, leaf.signature_hash_algorithm)  # type: ignore[arg-type]
    assert not _accepts(pki, issued.public_bytes(Encoding.PEM) + signer.pem)


def test_a_thousand_certificates_are_not_searched(pki: Pki) -> None:
    """A path search grows quickly; nobody should be able to keep the endpoint busy with one."""
    assert _accepts(pki, pki.chain + pki.intermediate.pem * (MOST_CERTIFICATES - 2))
    assert not _accepts(pki, pki.chain + pki.intermediate.pem * (MOST_CERTIFICATES - 1))
