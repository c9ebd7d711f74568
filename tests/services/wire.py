"""A request as the services see it, and a response as they send it; no framework in between.

in -> out: the raw path and query of an HTTP request -> decoded parameters; values -> `Response`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import parse_qsl, unquote

import msgspec

HTML_404 = b"<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n"


class Unplayed(Exception):  # noqa: N818 - it is a gap of the stand-in, not an error of the caller
    """The question may be right, but the stand-in does not know how the service would answer it."""


@dataclass(frozen=True)
class Request:
    """One request below the base address of one source."""

    path: str
    """Still percent-encoded, with the leading slash."""
    query: str = ""
    """Still percent-encoded, without the question mark."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names in lower case."""
    method: str = "GET"
    base: str | None = None
    """Address under which the source was asked, for redirects that stay with the stand-in."""

    @property
    def target(self) -> str:
        """Path and query as sent."""
        return f"{self.path}?{self.query}" if self.query else self.path

    @cached_property
    def params(self) -> tuple[tuple[str, str], ...]:
        """Decoded parameters in the order sent; `+` is a space, as in every form."""
        return tuple(parse_qsl(self.query, keep_blank_values=True))

    @cached_property
    def param(self) -> dict[str, str]:
        """Decoded parameters by name; the last one wins."""
        return dict(self.params)

    @property
    def decoded_path(self) -> str:
        """Path, percent-decoded once."""
        return unquote(self.path)


@dataclass(frozen=True)
class Response:
    """What goes back over the wire."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    def plus(self, headers: Mapping[str, str]) -> "Response":
        """Return the same response with further headers."""
        return Response(self.status, self.body, {**headers, **self.headers})


def json_response(value: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Return JSON as a service sends it."""
    return Response(status, msgspec.json.encode(value), {"content-type": "application/json", **(headers or {})})


def text_response(text: str, status: int) -> Response:
    """Return plain text."""
    return Response(status, text.encode(), {"content-type": "text/plain"})


def html_response(body: bytes, status: int) -> Response:
    """Return HTML, as proxies and error pages do."""
    return Response(status, body, {"content-type": "text/html; charset=utf-8"})
