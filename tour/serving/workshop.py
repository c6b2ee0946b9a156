"""Where pictures are made, a few at a time: in the server's own threads they would keep everybody else waiting."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import wraps

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

WORKSHOP = ThreadPoolExecutor(2, "tour-workshop")
TURN = 60.0  # seconds that a visitor waits for a picture that is yet to be made
BUSY = "Many pictures are being made just now. Please come back in a moment."


def in_turn(
    endpoint: Callable[[Request], Response], is_made: Callable[[Request], bool] = lambda request: False
) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint in the workshop, where a visitor may have to wait; at once if what is asked for is made already."""

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        if is_made(request):
            return await run_in_threadpool(endpoint, request)
        try:
            async with asyncio.timeout(TURN):
                return await asyncio.get_running_loop().run_in_executor(WORKSHOP, endpoint, request)
        except TimeoutError:
            return PlainTextResponse(BUSY, 503, {"Retry-After": str(round(TURN))})

    return answer
