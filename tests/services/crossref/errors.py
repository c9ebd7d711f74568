"""How Crossref refuses: `validation-failure` with a type, a value and a message.

in -> out: an error raised while reading a question -> the response.
"""

from tests.services.wire import Response, json_response


class Invalid(ValueError):  # noqa: N818 - the service calls it a failure
    """A request that Crossref does not take."""

    def __init__(self, kind: str, value: str, message: str) -> None:
        super().__init__(message)
        self.failure = {"type": kind, "value": value, "message": message}

    def response(self) -> Response:
        return json_response({"status": "failed", "message-type": "validation-failure", "message": [self.failure]}, 400)
