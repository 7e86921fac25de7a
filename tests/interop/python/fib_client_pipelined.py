"""Calls a Fibonacci service with many calls in flight on one connection and one reply queue."""

import sys
import time
import uuid

import pika

from fib_peer import CallArguments, printable, run


class Replies:
    """What came to the reply queue, by correlation id."""

    def __init__(self, expected):
        self.waiting = set(expected)
        self.bodies = {}
        self.surplus = []
        self.marker_seen = False

    def take(self, call_id, body, marker):
        if call_id == marker:
            self.marker_seen = True
        elif call_id in self.waiting:
            self.waiting.remove(call_id)
            self.bodies[call_id] = body
        else:
            self.surplus.append(call_id)


def wait(connection, done, deadline):
    """Handles what arrives until done() is true; false when the deadline came first."""
    while not done():
        left = deadline - time.monotonic()
        if left <= 0:
            return False
        connection.process_data_events(time_limit=left)
    return True


def sort_key(call):
    n, _ = call
    try:
        return (0, int(n), n)
    except ValueError:
        return (1, 0, n)


def main(connection, arguments):
    calls = [(str(uuid.uuid4()), n) for _ in range(arguments.repeat) for n in arguments.n]
    marker = str(uuid.uuid4())
    replies = Replies(call_id for call_id, _ in calls)
    channel = connection.channel()
    reply_queue = channel.queue_declare(queue="", exclusive=True).method.queue
    channel.basic_consume(
        reply_queue,
        lambda _channel, _delivery, properties, body: replies.take(properties.correlation_id, body, marker),
        auto_ack=True,
    )
    for call_id, n in calls:
        channel.basic_publish("", arguments.queue, n.encode(), pika.BasicProperties(reply_to=reply_queue, correlation_id=call_id))

    deadline = time.monotonic() + arguments.timeout_s
    if not wait(connection, lambda: not replies.waiting, deadline):
        print(f"{len(replies.waiting)} of {len(calls)} calls had no reply in {arguments.timeout_s} s", file=sys.stderr)
        return 1

    # A second reply to a call that was published before the last first one lies in front of this marker.
    channel.basic_publish("", reply_queue, b"", pika.BasicProperties(correlation_id=marker))
    if not wait(connection, lambda: replies.marker_seen, deadline):
        print("the marker did not come back", file=sys.stderr)
        return 1

    for n, text in sorted(((n, printable(replies.bodies[call_id])) for call_id, n in calls), key=sort_key):
        print(f"{n}={text}")
    for call_id in replies.surplus:
        print(f"a second or unasked reply: {call_id}", file=sys.stderr)
    return 1 if replies.surplus else 0


if __name__ == "__main__":
    parser = CallArguments(
        "Sends all calls at once and prints a line n=reply for each, sorted by n. "
        "Exit code 0: every call was answered exactly once."
    )
    parser.add_argument("--repeat", type=int, default=1, help="how often each n is called (default 1)")
    run(main, parser.parse_args())
