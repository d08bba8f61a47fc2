"""A door in front of an S3 server: it can be shut, and it can hold a request or its answer.

The steps talk to the door, Argo to the server itself. So a pod can be killed exactly between the write of a pointer
and the answer to that write, and two writers can be made to meet.
"""

import contextlib
import re
import socket
import threading
from dataclasses import dataclass, field


@dataclass
class Hold:
    """Requests that are kept: before the server sees them, or before the client hears of them."""

    method: re.Pattern
    path: re.Pattern
    answer: bool
    clients: set[str] = field(default_factory=set)
    drop: bool = False
    changed: threading.Condition = field(default_factory=threading.Condition)
    open: bool = False

    def takes(self, method: str, path: str, client: str) -> bool:
        """Once it holds a client it holds all that client asks: nobody slips by with a second try."""
        if self.open:
            return False
        return client in self.clients or bool(self.method.fullmatch(method) and self.path.search(path))

    def arrive(self, client: str) -> bool:
        """Waits until it is let go; says whether the connection is to be broken."""
        with self.changed:
            self.clients.add(client)
            self.changed.notify_all()
            self.changed.wait_for(lambda: self.open, timeout=600)
            return self.drop

    def wait(self, clients: int = 1, seconds: float = 240) -> bool:
        with self.changed:
            return self.changed.wait_for(lambda: len(self.clients) >= clients, timeout=seconds)

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
        hold = Hold(re.compile(method), re.compile(path), answer)
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
        address = client.getpeername()[0]
        hold = next((h for h in self.holds if h.takes(method, path, address)), None)
        body = list(_body(head, inward, request=True))
        second = hold is not None and address in hold.clients
        if hold and (second or not hold.answer) and (hold.arrive(address) or _gone(client)):
            return False
        server.sendall(b"".join(head) + b"".join(body))
        answer = _head(outward)
        if not answer:
            return False
        chunks = [] if method == "HEAD" else _body(answer, outward, request=False)
        if hold and hold.answer and not second and b" 200 " in answer[0]:
            chunks = list(chunks)
            if hold.arrive(address):
                return False
        client.sendall(b"".join(answer))
        for chunk in chunks:
            client.sendall(chunk)
        return _header(answer, b"connection").lower() != b"close"


def _gone(client: socket.socket) -> bool:
    """Whether the client has hung up meanwhile; what it asked is then not asked in its name."""
    try:
        return client.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False


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
