"""Reads and writes objects of an S3 server, with nothing but Python's own library."""

import datetime
import hashlib
import hmac
import http.client
import re
import sys
import urllib.parse
import xml.sax.saxutils


class S3:
    """One bucket."""

    def __init__(self, endpoint: str, access: str, secret: str, bucket: str):
        self.host = endpoint.removeprefix("http://")
        self.access, self.secret, self.bucket = access, secret, bucket

    def get(self, key: str) -> bytes | None:
        """The object, or nothing where there is none."""
        status, body = self._ask("GET", key)
        if status == 404:
            return None
        return self._good("GET " + key, status, body)

    def put(self, key: str, body: bytes) -> None:
        status, answer = self._ask("PUT", key, body=body)
        self._good("PUT " + key, status, answer)

    def list(self, prefix: str) -> list[str]:
        """All keys below a prefix."""
        keys: list[str] = []
        token = None
        while True:
            query = {"list-type": "2", "prefix": prefix}
            if token:
                query["continuation-token"] = token
            status, body = self._ask("GET", "", query=query)
            page = self._good("LIST " + prefix, status, body).decode()
            keys += [xml.sax.saxutils.unescape(k) for k in re.findall(r"<Key>([^<]*)</Key>", page)]
            more = re.search(r"<NextContinuationToken>([^<]*)<", page)
            if not more:
                return keys
            token = xml.sax.saxutils.unescape(more[1])

    def make(self) -> None:
        """Makes the bucket, if it is not there."""
        status, answer = self._ask("PUT", "")
        if b"BucketAlreadyOwnedByYou" not in answer and status != 409:
            self._good("PUT " + self.bucket, status, answer)

    @staticmethod
    def _good(what: str, status: int, body: bytes) -> bytes:
        if status // 100 != 2:
            raise OSError(f"{what}: the S3 server says {status} {body[:300]!r}")
        return body

    def _ask(self, method: str, key: str, body: bytes = b"", query: dict[str, str] | None = None):
        path = urllib.parse.quote(f"/{self.bucket}/{key}")
        parameters = "&".join(
            f"{urllib.parse.quote(k, safe='')}={urllib.parse.quote(v, safe='')}"
            for k, v in sorted((query or {}).items())
        )
        now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
        headers = {
            "host": self.host,
            "x-amz-content-sha256": hashlib.sha256(body).hexdigest(),
            "x-amz-date": now,
        }
        headers["Authorization"] = self._signature(method, path, parameters, headers, now)
        connection = http.client.HTTPConnection(self.host, timeout=60)
        try:
            connection.request(method, path + ("?" + parameters if parameters else ""), body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def _signature(self, method: str, path: str, query: str, headers: dict[str, str], now: str) -> str:
        signed = ";".join(headers)
        lines = [f"{name}:{value}" for name, value in headers.items()]
        request = "\n".join([method, path, query, *lines, "", signed, headers["x-amz-content-sha256"]])
        scope = f"{now[:8]}/us-east-1/s3/aws4_request"
        text = "\n".join(["AWS4-HMAC-SHA256", now, scope, hashlib.sha256(request.encode()).hexdigest()])
        key = ("AWS4" + self.secret).encode()
        for part in (now[:8], "us-east-1", "s3", "aws4_request"):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        signature = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
        return f"AWS4-HMAC-SHA256 Credential={self.access}/{scope}, SignedHeaders={signed}, Signature={signature}"


if __name__ == "__main__":
    S3(*sys.argv[1:]).make()
