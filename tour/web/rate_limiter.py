"""A rate limiter: the generic cell rate algorithm (GCRA)."""


class RateLimiter:
    """Allows `rate` events a second in the long run, and a `burst` of them after a pause."""

    def __init__(self, rate: float, burst: int):
        self.emission_interval = 1 / rate
        self.burst_tolerance = burst / rate
        self.next = float("-inf")

    def reserve(self, now: float) -> float:
        """Reserve the next event; the seconds until it may happen."""
        self.next = max(self.next, now - self.burst_tolerance) + self.emission_interval
        return max(0.0, self.next - now)

    def is_idle(self, now: float) -> bool:
        """Whether a new limiter would allow the same."""
        return self.next <= now - self.burst_tolerance
