"""Calls a Fibonacci service over a queue, one call at a time, on one reply queue."""

import sys
import time
import uuid

import pika

from fib_peer import CallArguments, printable, run


def main(connection, arguments):
    channel = connection.channel()
    reply_queue = channel.queue_declare(queue="", exclusive=True).method.queue
    replies = {}
    channel.basic_consume(
        reply_queue,
        lambda _channel, _delivery, properties, body: replies.setdefault(properties.correlation_id, body),
        auto_ack=True,
    )
    for n in arguments.n:
        call_id = str(uuid.uuid4())
        channel.basic_publish("", arguments.queue, n.encode(), pika.BasicProperties(reply_to=reply_queue, correlation_id=call_id))
        deadline = time.monotonic() + arguments.timeout_s
        while call_id not in replies:
            left = deadline - time.monotonic()
            if left <= 0:
                print(f"no reply to {n} in {arguments.timeout_s} s", file=sys.stderr)
                return 1
            connection.process_data_events(time_limit=left)
        print(f"{n}={printable(replies[call_id])}", flush=True)
    return 0


if __name__ == "__main__":
    run(main, CallArguments("Calls one after the other and prints a line n=reply for each. Exit code 0: every call was answered.").parse_args())
