"""Web addresses.

in -> out: an address as somebody pasted it -> its parts for reading (`Link`), or one spelling for comparing.
Rules: RFC 3986 sections 3 and 6; the parameters that mailers, social networks and publishers append to follow readers;
how the proceedings that give no DOIs name the page of a paper whose PDF is linked.
"""

import re
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

import msgspec

from pipeline.text import markup

_LONGEST = 4096
_SCHEME = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_NAKED = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?=/|$)", re.IGNORECASE)
_WRAPPER = re.compile(r"(?:https?://)?[\w.-]{4,255}/(?:[^?#\s]{1,200}/)?(?=https?://)", re.IGNORECASE)
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|mc_[ce]id|_ga|ref|referer|referrer|via|casa_token|dgcid|guestaccesskey|login|needaccess|sso",
    re.IGNORECASE,
)
_SAFE = "/:@!$&'()*+,;=~"
_PAGES = (
    ("proceedings.mlr.press", re.compile(r"/(v\d+)/([^/]+)/\2\.pdf"), r"/\1/\2.html"),
    ("jmlr.org", re.compile(r"/papers/v(?:olume)?(\d+)/([^/]+)/\2\.pdf"), r"/papers/v\1/\2.html"),
    (
        "proceedings.neurips.cc papers.nips.cc papers.neurips.cc",
        re.compile(r"/(paper(?:_files/paper)?/\d{4})/file/([0-9a-f]+)-Paper(-[\w-]+)?\.pdf"),
        r"/\1/hash/\2-Abstract\3.html",
    ),
    ("papers.nips.cc papers.neurips.cc", re.compile(r"/paper/(\d+-[\w-]+)\.pdf"), r"/paper/\1"),
    ("openreview.net", re.compile(r"/pdf"), "/forum"),
    ("openaccess.thecvf.com", re.compile(r"/(content[\w/]*?)/papers/([\w.-]+_paper)\.pdf"), r"/\1/html/\2.html"),
    ("aclanthology.org", re.compile(r"/([\w.-]+?)(?:v\d+)?\.pdf"), r"/\1"),
)
"""(hosts, PDF's path, page's path)"""


class Link(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A web address, taken apart for reading."""

    host: str
    """Lower case, without `www.` and port."""
    path: str
    """Percent-decoded once, begins with `/`."""
    query: str
    """As written, without `?`; empty when there is none."""

    @property
    def target(self) -> str:
        """Path and query, decoded, in which identifiers are looked for."""
        return f"{self.path}?{unquote(self.query)}" if self.query else self.path


def parse(url: str) -> Link | None:
    """Take a web address apart; None when it is not one. Of an archive's or proxy's address the inner one counts.

    >>> parse("HTTP://www.Example.org:80/a%2Fb?x=1#top")
    Link(host='example.org', path='/a/b', query='x=1')
    >>> parse("mailto:somebody@example.org"), parse("N/A")
    (None, None)
    """
    text = markup.unescape(url.strip().strip("<>"))
    if len(text) > _LONGEST:
        return None
    wrapper = _WRAPPER.match(text)
    text = text[wrapper.end() :] if wrapper else text
    scheme = _SCHEME.match(text)
    if not (scheme or _NAKED.match(text)):
        return None
    try:
        parts = urlsplit("//" + (text[scheme.end() :] if scheme else text))
        host = (parts.hostname or "").removeprefix("www.").rstrip(".")
    except ValueError:  # a bracket that opens no IPv6 address, or a host that normalises to another one
        return None
    return Link(host=host, path=unquote(parts.path) or "/", query=parts.query) if host else None


@lru_cache(maxsize=16_384)
def normalise(url: str) -> str:
    """Return one spelling for all spellings of an address, without scheme; other text only loses its outer space.

    >>> normalise("http://WWW.nature.com/articles/s42256-020-00247-1/?utm_source=x#Sec1")
    'nature.com/articles/s42256-020-00247-1'
    >>> normalise("https://openreview.net/pdf?id=rJXMpikCZ") == normalise("openreview.net/forum?id=rJXMpikCZ&ref=list")
    True
    >>> normalise("https://proceedings.mlr.press/v126/hu20a/hu20a.pdf")
    'proceedings.mlr.press/v126/hu20a.html'
    """
    link = parse(url)
    if link is None:
        return url.strip()
    path = link.path.rstrip("/")
    for hosts, pdf, page in _PAGES:
        match = pdf.fullmatch(path) if link.host in hosts.split() else None
        path = match.expand(page) if match else path
    kept = [(key, value) for key, value in parse_qsl(link.query) if not _TRACKING.fullmatch(key)]
    query = f"?{urlencode(kept, errors='replace')}" if kept else ""
    return f"{link.host}{quote(path, safe=_SAFE, errors='replace')}{query}"
