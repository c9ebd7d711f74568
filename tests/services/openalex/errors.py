"""What OpenAlex refuses a question for, and how it says so.

in -> out: an error raised while reading a question -> the response. Edge and server speak differently.
"""

from tests.services.wire import Response, json_response


class Refused(ValueError):  # noqa: N818 - a refusal is the service's word, not an error of the stand-in
    """The base of what a client should not have asked."""

    def response(self) -> Response:
        raise NotImplementedError


class BadQuery(Refused):
    """A parameter, field or value that the server does not take."""

    def response(self) -> Response:
        return json_response({"error": "Invalid query parameters error.", "message": str(self)}, 400)


class BadPage(Refused):
    """A page that the server does not give."""

    def response(self) -> Response:
        return json_response({"error": "Pagination error.", "message": str(self)}, 400)


class EdgeReject(Refused):
    """Refused before it reaches the server."""

    def response(self) -> Response:
        error = "Invalid request rejected at the API edge"
        value = {"error": error, "error_source": "openalex-api-proxy", "message": str(self)}
        return json_response(value, 400, {"x-openalex-edge-reject": "1"})


class PlanRequired(Exception):  # noqa: N818 - the edge's own word
    """Only for paying users: a 429 that no waiting helps against."""
