"""Who we are and where the sources live: the only place that knows the key and the contact address.

in -> out: the environment's values -> `Access`, which builds the addresses and headers of requests. Neither secret
shows in its repr, nor in an address that is stored. Rules: OpenAlex's help on authentication (key in a header, August
2026); Crossref's page on access (contact in the User-Agent and as `mailto=`, of which one report found only the latter
to count, so both are sent).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit, urlunsplit

from pipeline.errors import UsageError

ADDRESS_VARIABLES = {
    "openalex": "OPENALEX_URL",
    "crossref": "CROSSREF_URL",
    "datacite": "DATACITE_URL",
    "doira": "DOI_URL",
}
_MAIL = re.compile(r"[!-?A-~]+@[!-?A-~]+")  # printable ASCII with one @: anything else would break the header
_KEY = re.compile(r"[!-~]+")
_REPOSITORY = re.compile(r"https://[\w.:-]+/[\w.-]+/[\w.-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Access:
    """Identification and addresses; a dataclass because its fields can be kept out of every repr."""

    version: str
    """Version of this program."""
    bases: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Source -> base address that replaces the official one, without a trailing slash."""
    mailto: str | None = field(default=None, repr=False)
    """Contact address, sent with every request."""
    openalex_key: str | None = field(default=None, repr=False)
    home: str | None = None
    """Address of the repository whose job we are, sent with every request."""

    def is_identified(self, source: str) -> bool:
        """Whether the better limits of the source apply: OpenAlex looks at the key, the others at the contact."""
        return (self.openalex_key if source == "openalex" else self.mailto) is not None

    def address(self, source: str, official: str, path: str) -> str:
        """Return the address to send; for Crossref it carries the contact."""
        url = self.bases.get(source, official) + path
        if source != "crossref" or self.mailto is None:
            return url
        return f"{url}{'&' if '?' in path else '?'}mailto={quote(self.mailto, safe='')}"

    def stored_address(self, source: str, official: str, path: str) -> str:
        """Return the address as it may be kept: no contact, no user or password of a mirror."""
        parts = urlsplit(self.bases.get(source, official))
        return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", "")) + path

    def headers(self, source: str) -> dict[str, str]:
        """Return the headers that identify us to the source."""
        contact = "; ".join(
            ([f"+{self.home}"] if self.home else []) + ([f"mailto:{self.mailto}"] if self.mailto else [])
        )
        agent = f"awesome-enrich/{self.version}" + (f" ({contact})" if contact else "")
        headers = {"User-Agent": agent, "Accept": "application/json", "Accept-Encoding": "gzip"}
        if source == "openalex" and self.openalex_key is not None:
            headers["Authorization"] = f"Bearer {self.openalex_key}"
        return headers


def parse_access(environment: Mapping[str, str], version: str) -> Access:
    """Read the environment's values; blank is unset.

    A job on GitHub names its repository (`GITHUB_SERVER_URL`, `GITHUB_REPOSITORY`), where its maintainers can be met.

    Raises `UsageError` for a value that no request could carry, without repeating a secret.
    """
    values = {name: value.strip() for name, value in environment.items() if value.strip()}
    mailto, key = values.get("ENRICH_MAILTO"), values.get("OPENALEX_API_KEY")
    if mailto is not None and not _MAIL.fullmatch(mailto):
        raise UsageError("ENRICH_MAILTO is not a mail address")
    if key is not None and not _KEY.fullmatch(key):
        raise UsageError("OPENALEX_API_KEY holds characters that no key has")
    bases = {source: _base(name, values[name]) for source, name in ADDRESS_VARIABLES.items() if name in values}
    home = "{}/{}".format(values.get("GITHUB_SERVER_URL", ""), values.get("GITHUB_REPOSITORY", ""))
    return Access(
        version=version,
        bases=bases,
        mailto=mailto,
        openalex_key=key,
        home=home if _REPOSITORY.fullmatch(home) else None,
    )


def _base(name: str, value: str) -> str:
    try:
        parts = urlsplit(value)
        is_address = (
            parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port is None or parts.port > 0)
        )
    except ValueError:  # a bracket or port that is none
        is_address = False
    if not is_address or parts.query or parts.fragment:
        raise UsageError(f"{name} is not a base address such as https://host/path")
    return value.rstrip("/")
