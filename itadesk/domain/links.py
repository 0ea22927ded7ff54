"""Web addresses as clerks type them: whether one leads anywhere, and what was most likely meant where it does not."""

import re
from urllib.parse import SplitResult, urlsplit

from itadesk.errors import UserError
from itadesk.i18n import _

_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_SLIP = re.compile(r"h?t{1,2}p(?P<safe>s?)\s*(?:[:;]\s*[/\\]*|[/\\]+)\s*", re.IGNORECASE)
"""What is meant to be the scheme: "http:/", "https;//", "ttps://", "https//"."""
_BARE = re.compile(r"(?P<host>[^\s/:@?#]+\.[^\s/:@?#.]{2,})(?::[0-9]+)?(?=[/?#\s]|$)")
"""A host with a dot, at the beginning of an address without a scheme."""
_FILE_NAME = re.compile(r".*\.(?:pdf|docx?|xlsx?|pptx?|csv|txt|jpe?g|png|zip)", re.IGNORECASE)
_LABEL = re.compile(r"(?!-)[\w\u0e00-\u0e7f-]{1,63}(?<!-)")
_HIGHEST_PORT = 65_535


def check(link: str) -> None:
    """UserError when nobody could open `link` as it stands; the advice says what was most likely meant."""
    if reason := _reason(link):
        meant = mended(link)
        raise UserError(reason, question(meant) if meant else _("Copy it out of the browser."))


def question(meant: str) -> str:
    """What the advice of a refusal asks when it is known what was meant."""
    return _("Do you mean {link} ?").format(link=meant)


def works(link: str) -> bool:
    """Whether a browser can be sent to `link` as it stands."""
    return not _reason(link)


def mended(link: str) -> str:
    """What was most likely meant by a link that does not work: with its scheme, without blanks. "" = nobody knows."""
    text = link.strip()
    if not _SCHEME.match(text):
        slip = _SLIP.match(text)
        bare = text[slip.end() :] if slip else text
        host = _BARE.match(bare)
        if host is None or (bare == host["host"] and _FILE_NAME.fullmatch(bare)):
            return ""
        text = ("http://" if slip and not slip["safe"] else "https://") + bare
    scheme, _slashes, rest = text.partition("//")
    meant = f"{scheme}//" + re.sub(r"\s+", "%20", rest.strip())
    return meant if meant != link and works(meant) else ""


def _reason(link: str) -> str:
    """Why `link` leads nowhere; "" when it may lead somewhere."""
    if not _SCHEME.match(link):
        return _("A link begins with https:// or http://.")
    if re.search(r"\s", link):
        return _("There is a blank in the link.")
    if (parts := _split(link)) is None or not _has_host(parts):
        return _("The link names no website.")
    return ""


def _split(link: str) -> SplitResult | None:
    try:
        parts = urlsplit(link)
        port = parts.port
    except ValueError:
        return None
    return parts if port is None or 0 < port <= _HIGHEST_PORT else None


def _has_host(parts: SplitResult) -> bool:
    """Nobody publishes with a name and password in the link, nor on a computer without a dot in its name."""
    labels = (parts.hostname or "").removesuffix(".").split(".")
    return "@" not in parts.netloc and len(labels) > 1 and all(map(_LABEL.fullmatch, labels))
