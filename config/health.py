"""`python -m config.health`: exit status 0 when the web server in this container answers with a working database."""

import os
import sys
import urllib.error
import urllib.request


def is_healthy(address: str) -> bool:
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0]
    request = urllib.request.Request(f"{address}/health/", headers={"Host": host})  # noqa: S310 - our own address
    try:
        with urllib.request.urlopen(request, timeout=5) as response:  # noqa: S310
            return bool(response.status == 200)
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False


if __name__ == "__main__":
    sys.exit(0 if is_healthy(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000") else 1)
