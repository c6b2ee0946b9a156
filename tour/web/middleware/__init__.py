"""What every request passes before a route: limits, security headers, capacity, compression."""
