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
_FILE = re.compile(
    r"[\w.-]+\.(?:pdf|md|html?|txt|rst|bib|ps|py|ipynb|png|jpe?g|svg|gif|zip|gz|docx?|pptx?)", re.IGNORECASE
)
_WRAPPER = re.compile(r"(?:https?://)?[\w.-]{4,255}/(?:[^?#\s]{1,200}/)?(?=https?://)", re.IGNORECASE)
# A library's proxy, a search engine, a mail filter: the address that they lead to stands in their query.
_REDIRECT = re.compile(
    r"(?:https?://)?[\w.-]{4,255}/(?:login|url|scholar_url|l\.php)?/?\?(?:[^#\s]{0,200}&)?(?:q?url|q|u)="
    r"(?P<target>https?(?:://|%3A%2F%2F)[^&\s]+)",
    re.IGNORECASE,
)
# `www-nature-com.ezproxy.example.edu`, `ieeexplore.ieee.org.proxy.example.edu`: a library shows a publisher's site.
_PROXIED = re.compile(r"(?P<host>[\w.-]{4,100}?)\.(?:[a-z0-9-]{0,30}proxy[a-z0-9-]{0,30})\.[\w.-]{3,100}")
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|mc_[ce]id|_ga|ref|referer|referrer|via|casa_token|dgcid|guestaccesskey|login|needaccess|sso",
    re.IGNORECASE,
)
_SAFE = "/:@!$&'()*+,;=~"
_NEURIPS = "proceedings.neurips.cc papers.nips.cc papers.neurips.cc"
_HAL = "hal.science hal.archives-ouvertes.fr hal.inria.fr inria.hal.science tel.archives-ouvertes.fr theses.hal.science"
_PAGES = (
    ("proceedings.mlr.press", r"/(v\d+)/([^/]+)/\2\.pdf", r"/\1/\2.html"),
    ("proceedings.mlr.press", r"/(v\d+)/([^/]+)\.pdf", r"/\1/\2.html"),
    ("jmlr.org jmlr.csail.mit.edu", r"/papers/v(?:olume)?(\d+)/([^/]+)/\2\.pdf", r"jmlr.org/papers/v\1/\2.html"),
    ("jmlr.org jmlr.csail.mit.edu", r"/papers/v(?:olume)?(\d+)/([^/]+)\.html", r"jmlr.org/papers/v\1/\2.html"),
    ("jmlr.org jmlr.csail.mit.edu", r"/proceedings/papers/(v\d+)/([^/]+)\.(?:html|pdf)",
     r"proceedings.mlr.press/\1/\2.html"),
    ("raw.githubusercontent.com", r"/mlresearch/(v\d+)/main/assets/([^/]+)/\2\.pdf",
     r"proceedings.mlr.press/\1/\2.html"),
    (_NEURIPS, r"/paper(?:_files/paper)?/(\d{4})/(?:file|hash)/([0-9a-f]+)-(?:Paper|Abstract)(-[\w-]+)?\.(?:pdf|html)",
     r"proceedings.neurips.cc/paper/\1/hash/\2-Abstract\3.html"),
    (_NEURIPS, r"/paper/(\d+-[\w-]+?)(?:\.pdf)?", r"papers.nips.cc/paper/\1"),
    ("openreview.net", r"/(?:pdf|forum)", "/forum"),
    ("openaccess.thecvf.com", r"/(content[\w/]*?)/papers/([^/]+_paper)\.pdf", r"/\1/html/\2.html"),
    ("aclanthology.org", r"/([\w.-]+?)(?:v\d+)?(?:\.pdf)?", r"/\1"),
    ("aclweb.org", r"/anthology/(?:papers/[A-Z]/[A-Z]\d\d/)?([\w.-]+?)(?:v\d+)?(?:\.pdf)?", r"aclanthology.org/\1"),
    ("arxiv.org export.arxiv.org xxx.lanl.gov",
     r"/(?:abs|pdf|html|format|ps|e-print)/((?:[a-z-]+(?:\.[A-Z]{2})?/)?[\d.]+?)(?:v\d+)?(?:\.pdf)?",
     r"arxiv.org/abs/\1"),
    ("doi.org dx.doi.org", r"/(.+)", r"doi.org/\1"),
    ("ojs.aaai.org", r"/index\.php/(\w+)/article/(?:view|download)/(\d+)(?:/\d+)?", r"/index.php/\1/article/view/\2"),
    ("ijcai.org", r"/[Pp]roceedings/(20\d\d)/0*(\d+)(?:\.pdf)?", r"/proceedings/\1/\2"),
    ("roboticsproceedings.org", r"/(rss\d+)/(p\d+)\.pdf", r"/\1/\2.html"),
    ("isca-archive.org", r"/(\w+)/(\w+)\.pdf", r"/\1/\2.html"),
    ("eprint.iacr.org", r"/(\d{4}/\d+)\.pdf", r"/\1"),
    (_HAL, r"/([a-z_]+-\d+)(?:v\d+)?(?:/.*)?", r"hal.science/\1"),
    ("semanticscholar.org", r"/paper/(?:[^/]+/)?([0-9a-f]{40})(?:/.*)?", r"/paper/\1"),
    ("researchgate.net", r"/publication/(\d+)(?:_.*)?", r"/publication/\1"),
)  # fmt: skip
"""(hosts, form of a paper's addresses, its page, with the host where that is another one)"""
_ONLY_ID = frozenset(["openreview.net"])
"""Sites whose addresses name the paper by the parameter `id`, and say where on the page by others."""


def _pages_by_host() -> dict[str, list[tuple[re.Pattern[str], str]]]:
    pages: dict[str, list[tuple[re.Pattern[str], str]]] = {}
    for hosts, form, page in _PAGES:
        for host in hosts.split():
            pages.setdefault(host, []).append((re.compile(form), page if page[0] != "/" else host + page))
    return pages


_PAGES_BY_HOST = _pages_by_host()
_TWINS = (
    ("proceedings.neurips.cc/paper/", ("papers.nips.cc/paper/", "proceedings.neurips.cc/paper_files/paper/")),
    ("aclanthology.org/", ("www.aclweb.org/anthology/",)),
)


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


@lru_cache(maxsize=65_536)
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
    if redirect := _REDIRECT.match(text):
        text = unquote(redirect["target"])
    wrapper = _WRAPPER.match(text)
    text = text[wrapper.end() :] if wrapper else text
    scheme = _SCHEME.match(text)
    if not (scheme or (_NAKED.match(text) and not _FILE.fullmatch(text))):
        return None
    try:
        parts = urlsplit("//" + (text[scheme.end() :] if scheme else text))
        host = _without_proxy((parts.hostname or "").rstrip(".")).removeprefix("www.")
    except ValueError:  # a bracket that opens no IPv6 address, or a host that normalises to another one
        return None
    return Link(host=host, path=unquote(parts.path) or "/", query=parts.query) if host else None


@lru_cache(maxsize=65_536)
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
    page = f"{link.host}{link.path.rstrip('/')}"
    for form, name in _PAGES_BY_HOST.get(link.host, ()):
        if match := form.fullmatch(link.path.rstrip("/")):
            page = match.expand(name)
            break
    kept = [(key, value) for key, value in parse_qsl(link.query) if not _TRACKING.fullmatch(key)]
    if link.host in _ONLY_ID:
        kept = [pair for pair in kept if pair[0] == "id"] or kept
    query = f"?{urlencode(kept, errors='replace')}" if kept else ""
    return f"{quote(page, safe=_SAFE, errors='replace')}{query}"


def spellings(page: str) -> tuple[str, ...]:
    """Return the addresses under which somebody else may hold a page that `normalise` names, for exact filters.

    >>> spellings("proceedings.mlr.press/v126/hu20a.html")[:2]
    ('https://proceedings.mlr.press/v126/hu20a.html', 'http://proceedings.mlr.press/v126/hu20a.html')
    """
    own = (start + page for start in ("https://", "http://", "https://www.", "http://www."))
    twins = (
        f"https://{other}{page.removeprefix(start)}"
        for start, others in _TWINS
        if page.startswith(start)
        for other in others
    )
    return (*own, *twins)


def _without_proxy(host: str) -> str:
    """Return the publisher's host behind a library's proxy, which writes its dots as hyphens or appends itself.

    >>> _without_proxy("www-nature-com.ezproxy.example.edu"), _without_proxy("ieeexplore.ieee.org.libproxy.example.edu")
    ('www.nature.com', 'ieeexplore.ieee.org')
    """
    proxied = _PROXIED.fullmatch(host)
    if not proxied:
        return host
    inner = proxied["host"]
    if "." not in inner:
        # A hyphen of the host's own is doubled.
        inner = inner.replace("--", " ").replace("-", ".").replace(" ", "-")
    return inner if "." in inner else host
