"""Batches as docs/wire-format.md has them, written and read without the library: what the two batch programs share."""

import base64
import struct

CONTENT_TYPE = "application/vnd.rpc-batch"
APP_ID = "rpc/1"
REQUEST, REPLY = 1, 2
REFUSE_IF_UNKNOWN, HEADERS, FAULT = 1, 2, 4


class Reader:
    """Takes the parts of a body one after the other."""

    def __init__(self, body):
        self.rest = body

    def take(self, count):
        if count > len(self.rest):
            raise ValueError("it ends too early")
        taken, self.rest = self.rest[:count], self.rest[count:]
        return taken

    def number(self):
        value = 0
        for shift in range(0, 63, 7):
            byte = self.take(1)[0]
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
        raise ValueError("a number of more than nine bytes")

    def text(self):
        return self.take(self.number()).decode()

    def headers(self, flags):
        return {self.text(): self.text() for _ in range(self.number())} if flags & HEADERS else {}


def number(value):
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)


def text(value):
    encoded = value.encode()
    return number(len(encoded)) + encoded


def frame(kind, flags, call, fields, payload):
    content = bytes([kind, flags]) + number(call) + fields + payload
    return struct.pack("<i", len(content)) + content


def request(call, method, left_ms, payload):
    return frame(REQUEST, REFUSE_IF_UNKNOWN, call, text(method) + number(left_ms) + number(1), payload)


def reply(call, microseconds, payload):
    return frame(REPLY, 0, call, number(microseconds), payload)


def batch(nonce, sent_ms, frames):
    return bytes([1]) + nonce + number(sent_ms) + text("application/json") + b"".join(frames)


def read(body):
    """The nonce, and of each frame its kind, flags, call, method (of requests), headers and payload."""
    reader = Reader(body)
    if reader.take(1) != b"\x01":
        raise ValueError("not version 1")
    nonce, _, content_type = reader.take(16), reader.number(), reader.text()
    if content_type != "application/json":
        raise ValueError(f"payloads in {content_type}")
    frames = []
    while reader.rest:
        inner = Reader(reader.take(struct.unpack("<i", reader.take(4))[0]))
        kind, flags = inner.take(2)
        call = inner.number()
        method = inner.text() if kind == REQUEST else None
        inner.number()  # what is left, or how long it took
        if kind == REQUEST:
            inner.number()  # the attempt
        headers = inner.headers(flags)
        frames.append((kind, flags, call, method, headers, inner.rest))
    return nonce, frames


def call_id(nonce, call):
    return f"{base64.urlsafe_b64encode(nonce).decode().rstrip('=')}.{call:x}"
