"""Asks for many sums in one message, and reads the replies, which come in kind."""

import json
import os
import sys
import time

import pika

import rpc_batch
from fib_peer import Arguments, run


def main(connection, arguments):
    nonce = os.urandom(16)
    channel = connection.channel()
    reply_queue = channel.queue_declare(queue="", exclusive=True).method.queue
    calls = range(1, arguments.calls + 1)
    frames = [rpc_batch.request(call, "Add", 30_000, json.dumps({"left": call, "right": 100}).encode()) for call in calls]
    channel.basic_publish(
        "",
        arguments.queue,
        rpc_batch.batch(nonce, int(time.time() * 1000), frames),
        pika.BasicProperties(
            type=arguments.service,
            content_type=rpc_batch.CONTENT_TYPE,
            app_id=rpc_batch.APP_ID,
            reply_to=reply_queue,
            correlation_id=rpc_batch.call_id(nonce, arguments.calls + 1),
            expiration="30000",
        ),
    )
    results = {}
    for _, properties, body in channel.consume(reply_queue, auto_ack=True, inactivity_timeout=20):
        if properties is None:
            print("no reply in 20 s", file=sys.stderr)
            return 1
        if properties.content_type != rpc_batch.CONTENT_TYPE:
            print(f"not in kind: {body}", file=sys.stderr)
            return 1
        named, replies = rpc_batch.read(body)
        if named != nonce:
            print("another client's nonce", file=sys.stderr)
            return 1
        for kind, flags, call, _, _, payload in replies:
            if kind != rpc_batch.REPLY or flags & rpc_batch.FAULT or call in results:
                print(f"call {call}: kind {kind}, flags {flags}, {payload}", file=sys.stderr)
                return 1
            results[call] = json.loads(payload)
        if len(results) == len(calls):
            break
    for call in calls:
        print(f"{call}={results[call]}")
    return 0


if __name__ == "__main__":
    parser = Arguments("Prints a line call=sum for each call, which is the call's number plus 100.")
    parser.add_argument("service", help="the service's wire name")
    parser.add_argument("--calls", type=int, default=20, help="how many calls the message has (default 20)")
    run(main, parser.parse_args())
