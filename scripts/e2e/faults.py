"""A door in front of an S3 server: it can be shut, and it can hold a request or its answer.

The steps talk to the door, Argo to the server itself. So a pod can be killed exactly between the write of a pointer
and the answer to that write, and two writers can be made to meet.
"""

import contextlib
import re
import socket
import threading
import time
from dataclasses import dataclass, field


@dataclass
class Hold:
    """Requests that are kept: before the server sees them, or before the client hears of them."""

    method: str
    path: re.Pattern
    answer: bool
    held: int = 0
    drop: bool = False
    changed: threading.Condition = field(default_factory=threading.Condition)
    open: bool = False

    def takes(self, method: str, path: str) -> bool:
        return not self.open and method == self.method and self.path.search(path) is not None

    def arrive(self) -> bool:
        """Waits until it is let go; says whether the connection is to be broken."""
        with self.changed:
            self.held += 1
            self.changed.notify_all()
            self.changed.wait_for(lambda: self.open, timeout=300)
            return self.drop

    def wait(self, count: int = 1, seconds: float = 240) -> bool:
        with self.changed:
            return self.changed.wait_for(lambda: self.held >= count, timeout=seconds)

    def release(self, drop: bool = False) -> None:
        with self.changed:
            self.open, self.drop = True, drop
            self.changed.notify_all()


class Door:
    def __init__(self, listen: tuple[str, int], server: tuple[str, int]):
        self.server = server
        self.shut = False
        self.turned_away = 0
        self.requests = 0
        self.holds: list[Hold] = []
        self.socket = socket.create_server(listen, backlog=64)
        threading.Thread(target=self._accept, daemon=True).start()

    def hold(self, method: str, path: str, answer: bool = False) -> Hold:
        hold = Hold(method, re.compile(path), answer)
        self.holds.append(hold)
        return hold

    def _accept(self) -> None:
        while True:
            client, _ = self.socket.accept()
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError, EOFError), client:
            if self.shut:
                self.turned_away += 1
                return
            with socket.create_connection(self.server) as server:
                inward, outward = client.makefile("rb"), server.makefile("rb")
                while self._one(client, server, inward, outward):
                    pass

    def _one(self, client, server, inward, outward) -> bool:
        """One request and its answer; False where the connection ends."""
        head = _head(inward)
        if not head:
            return False
        method, path, _ = head[0].decode("latin-1").split(" ", 2)
        if self.shut:
            self.turned_away += 1
            return False
        self.requests += 1
        hold = next((h for h in self.holds if h.takes(method, path)), None)
        body = list(_body(head, inward, request=True))
        if hold and not hold.answer and hold.arrive():
            return False
        server.sendall(b"".join(head) + b"".join(body))
        answer = _head(outward)
        if not answer:
            return False
        chunks = [] if method == "HEAD" else _body(answer, outward, request=False)
        if hold and hold.answer and b" 200 " in answer[0]:
            chunks = list(chunks)
            if hold.arrive():
                return False
        client.sendall(b"".join(answer))
        for chunk in chunks:
            client.sendall(chunk)
        return _header(answer, b"connection").lower() != b"close"


def _head(stream) -> list[bytes]:
    lines: list[bytes] = []
    while True:
        line = stream.readline()
        if not line:
            return []
        lines.append(line)
        if line == b"\r\n":
            return lines


def _header(head: list[bytes], name: bytes) -> bytes:
    for line in head[1:]:
        key, _, value = line.partition(b":")
        if key.strip().lower() == name:
            return value.strip()
    return b""


def _body(head: list[bytes], stream, request: bool):
    if _header(head, b"transfer-encoding").lower() == b"chunked":
        while True:
            size = stream.readline()
            yield size
            count = int(size.split(b";")[0], 16)
            yield _exactly(stream, count + 2)
            if count == 0:
                return
    length = _header(head, b"content-length")
    if length:
        left = int(length)
        while left:
            chunk = _exactly(stream, min(left, 65536))
            left -= len(chunk)
            yield chunk
    elif not request and not re.match(rb"HTTP/1\.. (1..|204|304)", head[0]):
        while chunk := stream.read(65536):
            yield chunk


def _exactly(stream, count: int) -> bytes:
    chunk = stream.read(count)
    if len(chunk) < count:
        raise EOFError
    return chunk


def wait_for(what, seconds: float, pause: float = 1.0):
    """What `what` returns, once that is true; nothing when the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = what()
        if found:
            return found
        time.sleep(pause)
    return None
