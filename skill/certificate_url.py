"""Where a signing certificate may come from. Pure rules; nothing is fetched here.

The rules are Amazon's ("Host a custom skill as a web service", "Verify the signature certificate URL"): https, the
host s3.amazonaws.com, no port but 443, and a path below /echo.api/ (in this letter case) once ``..`` is resolved.
What the page does not mention is refused: user info, query, fragment, escapes, empty and ``.`` segments.
"""

from __future__ import annotations

import re

from skill.refusal import Reason, Refused

LONGEST_URL = 500
"""Characters; Amazon's own are about 60. Ours."""

# ASCII, because without it the letter case rule also lets U+017F (long s) stand for the s of s3.
_AMAZON_URL = re.compile(
    r"(?i:https)://(?i:s3\.amazonaws\.com)(?::443)?(?P<path>(?:/[A-Za-z0-9._-]+){2,})",
    re.ASCII,
)


def normalised_certificate_url(url: str) -> str:
    """The one spelling of an allowed URL: lower-case scheme and host, no port, ``..`` resolved.

    Takes the value of the header ``SignatureCertChainUrl``. Raises ``Refused`` for every other URL.
    """
    match = _AMAZON_URL.fullmatch(url) if len(url) <= LONGEST_URL else None
    if match is None:
        raise Refused(Reason.CERTIFICATE_URL)
    segments: list[str] = []
    for segment in match["path"].split("/")[1:]:
        if segment == "." or (segment == ".." and not segments):
            raise Refused(Reason.CERTIFICATE_URL)
        if segment == "..":
            segments.pop()
        else:
            segments.append(segment)
    if len(segments) < 2 or segments[0] != "echo.api" or match["path"].endswith("/.."):
        raise Refused(Reason.CERTIFICATE_URL)
    return "https://s3.amazonaws.com/" + "/".join(segments)
