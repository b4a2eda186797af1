"""Where a signing certificate may come from (cases 21 to 44)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.certificate_url import LONGEST_URL, normalised_certificate_url
from skill.refusal import Reason, Refused

PLAIN = "https://s3.amazonaws.com/echo.api/echo-api-cert.pem"


@pytest.mark.parametrize(
    "url",
    [
        pytest.param(PLAIN, id="21 plain"),
        pytest.param("https://s3.amazonaws.com:443/echo.api/echo-api-cert.pem", id="22 port 443"),
        pytest.param("HTTPS://s3.amazonaws.com/echo.api/echo-api-cert.pem", id="23 scheme in capitals"),
        pytest.param("https://S3.AmazonAWS.com/echo.api/echo-api-cert.pem", id="23 host in capitals"),
        pytest.param("https://s3.amazonaws.com/echo.api/../echo.api/echo-api-cert.pem", id="24 dots resolved"),
        pytest.param("https://s3.amazonaws.com/other/../echo.api/echo-api-cert.pem", id="24 dots after another folder"),
    ],
)
def test_amazons_own_urls_are_accepted_in_one_spelling(url: str) -> None:
    """Else a real request is turned away, or one certificate is downloaded once for each spelling."""
    assert normalised_certificate_url(url) == PLAIN


def test_a_folder_below_echo_api_is_accepted() -> None:
    """Amazon may sort its certificates into folders."""
    assert normalised_certificate_url("https://s3.amazonaws.com/echo.api/a/b.pem").endswith("/echo.api/a/b.pem")


REFUSED = {
    "26 http": "http://s3.amazonaws.com/echo.api/c.pem",
    "27 no scheme": "s3.amazonaws.com/echo.api/c.pem",
    "27 a word": "badUrl",
    "27 nothing": "",
    "27 unparsable": "https://[s3.amazonaws.com/echo.api/c.pem",
    "27 scheme-relative": "//s3.amazonaws.com/echo.api/c.pem",
    "28 a file": "file:///etc/passwd",
    "28 a file on the right host": "file://s3.amazonaws.com/echo.api/c.pem",
    "29 another host": "https://notamazon.com/echo.api/c.pem",
    "30 host as a prefix": "https://s3.amazonaws.com.evil.test/echo.api/c.pem",
    "30 host with a final dot": "https://s3.amazonaws.com./echo.api/c.pem",
    "31 host as a suffix": "https://evil-s3.amazonaws.com/echo.api/c.pem",
    "31 a bucket's own host": "https://x.s3.amazonaws.com/echo.api/c.pem",
    "31 dots of the host as wildcards": "https://s3xamazonaws.com/echo.api/c.pem",
    "32 link-local": "https://169.254.169.254/echo.api/c.pem",
    "32 loopback": "https://[::1]/echo.api/c.pem",
    "33 user info": "https://user:pass@s3.amazonaws.com/echo.api/c.pem",
    "33 empty user info": "https://@s3.amazonaws.com/echo.api/c.pem",
    "34 the host as user info": "https://s3.amazonaws.com@evil.test/echo.api/c.pem",
    "34 the host and port as user info": "https://s3.amazonaws.com:443@evil.test/echo.api/c.pem",
    "35 port 563": "https://s3.amazonaws.com:563/echo.api/c.pem",
    "35 port 8443": "https://s3.amazonaws.com:8443/echo.api/c.pem",
    "35 port 80": "https://s3.amazonaws.com:80/echo.api/c.pem",
    "36 port abc": "https://s3.amazonaws.com:abc/echo.api/c.pem",
    "36 port 99999": "https://s3.amazonaws.com:99999/echo.api/c.pem",
    "36 port 0": "https://s3.amazonaws.com:0/echo.api/c.pem",
    "36 empty port": "https://s3.amazonaws.com:/echo.api/c.pem",
    "36 port 0443": "https://s3.amazonaws.com:0443/echo.api/c.pem",
    "36 port in other digits": "https://s3.amazonaws.com:\u0664\u0664\u0663/echo.api/c.pem",
    "37 path in another case": "https://s3.amazonaws.com/EcHo.aPi/c.pem",
    "38 another path": "https://s3.amazonaws.com/invalid.path/c.pem",
    "38 no folder": "https://s3.amazonaws.com/cert",
    "38 a longer folder": "https://s3.amazonaws.com/echo.api2/c.pem",
    "39 the folder later on": "https://s3.amazonaws.com/other/echo.api/c.pem",
    "40 dots out of the folder": "https://s3.amazonaws.com/echo.api/../evil",
    "40 dots out, two deep": "https://s3.amazonaws.com/echo.api/../evil/c.pem",
    "40 dots above the root": "https://s3.amazonaws.com/../echo.api/c.pem",
    "41 escaped dots": "https://s3.amazonaws.com/echo.api/%2e%2e/evil",
    "41 an escaped letter": "https://s3.amazonaws.com/echo%2Eapi/c.pem",
    "42 two slashes first": "https://s3.amazonaws.com//echo.api/c.pem",
    "42 two slashes later": "https://s3.amazonaws.com/echo.api//c.pem",
    "42 a single dot": "https://s3.amazonaws.com/echo.api/./c.pem",
    "42 a backslash": "https://s3.amazonaws.com\\echo.api\\c.pem",
    "42 a backslash in the path": "https://s3.amazonaws.com/echo.api/..\\c.pem",
    "43 the folder alone": "https://s3.amazonaws.com/echo.api/",
    "43 the folder without its slash": "https://s3.amazonaws.com/echo.api",
    "43 a path that ends in dots": "https://s3.amazonaws.com/echo.api/a/..",
    "43 a path that ends in dots, deeper": "https://s3.amazonaws.com/echo.api/a/b/..",
    "43 no path": "https://s3.amazonaws.com",
    "44 a query": "https://s3.amazonaws.com/echo.api/c.pem?x=1",
    "44 a fragment": "https://s3.amazonaws.com/echo.api/c.pem#x",
    "44 path parameters": "https://s3.amazonaws.com/echo.api/c.pem;x",
    "a space before": " https://s3.amazonaws.com/echo.api/c.pem",
    "a line end after": "https://s3.amazonaws.com/echo.api/c.pem\n",
    "a tab inside, which urllib removes": "https://s3.amazonaws.com/echo\t.api/c.pem",
    "a null": "https://s3.amazonaws.com/echo.api/c.pem\x00",
    "a letter that lower-cases to s": "https://\u017f3.amazonaws.com/echo.api/c.pem",
    "a full-width dot": "https://s3\uff0eamazonaws.com/echo.api/c.pem",
    "two values in one header": f"{PLAIN},{PLAIN}",
    "a very long one": "https://s3.amazonaws.com/echo.api/" + "a" * LONGEST_URL,
}


@pytest.mark.parametrize("url", REFUSED.values(), ids=REFUSED.keys())
def test_every_other_url_is_refused(url: str) -> None:
    """Else an attacker's certificate is downloaded and everything it signed believed."""
    with pytest.raises(Refused) as refused:
        normalised_certificate_url(url)
    assert refused.value.reason is Reason.CERTIFICATE_URL


@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(st.sampled_from(["echo.api", "..", ".", "", "c.pem", "%2e", "@", "evil"]), max_size=8).map(
            lambda parts: "https://s3.amazonaws.com/" + "/".join(parts)
        ),
    )
)
def test_whatever_arrives_either_leads_into_the_folder_or_is_refused(url: str) -> None:
    """A verifier that breaks on a strange URL, or lets one out of the folder, is a way in."""
    try:
        accepted = normalised_certificate_url(url)
    except Refused:
        return
    assert accepted.startswith("https://s3.amazonaws.com/echo.api/")
    assert ".." not in accepted.split("/")
    assert normalised_certificate_url(accepted) == accepted
