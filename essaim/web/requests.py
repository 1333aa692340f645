"""Each request by itself: its id, the visitor's own address behind proxies, and its line in the log."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from essaim.config import configuration
from essaim.web.logs import request_id

HEADER = "X-Request-ID"
logger = logging.getLogger("essaim.request")
_GOOD_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


class Requests:
    """The outermost layer: whatever happens below is told with the request's id."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep the next layer."""
        self.get_response = get_response
        self._proxies = configuration().proxies

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with the id in the answer too; the log names the route and never the address or who asked."""
        given = request.headers.get(HEADER, "") if self._proxies else ""
        found = given if _GOOD_ID.fullmatch(given) else uuid.uuid4().hex
        token, begun = request_id.set(found), time.perf_counter()
        try:
            request.META["REMOTE_ADDR"] = visitor_address(request, self._proxies)
            response = self.get_response(request)
            if not request.path.startswith("/static/"):
                self._log(request, response.status_code, begun)
        finally:
            request_id.reset(token)
        response.headers.setdefault(HEADER, found)
        return response

    def _log(self, request: HttpRequest, status: int, begun: float) -> None:
        match = request.resolver_match
        told = {
            "method": request.method,
            "route": str(match.route) if match else "",
            "status": status,
            "milliseconds": round((time.perf_counter() - begun) * 1000, 1),
        }
        logger.info("answered %s", status, extra=told)


def visitor_address(request: HttpRequest, proxies: int) -> str:
    """Return the network address of the visitor.

    Args:
        request: as it came.
        proxies: how many proxies of ours stand in front. Each adds the address it was asked from at the end of `X-Forwarded-For`;
            what stands before those is the visitor's own word and is not believed.
    """
    passed_on = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()]
    if proxies and len(passed_on) >= proxies:
        return passed_on[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))
