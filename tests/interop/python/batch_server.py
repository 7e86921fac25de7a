"""Serves sums, also to callers that put many calls into one message, and answers those in kind."""

import json
import signal
import sys

import pika

import rpc_batch
from fib_peer import Arguments, run


def answer(payload):
    arguments = json.loads(payload)
    return json.dumps(arguments["left"] + arguments["right"]).encode()


def serve(channel, delivery, properties, body):
    if properties.content_type == rpc_batch.CONTENT_TYPE:
        nonce, frames = rpc_batch.read(body)
        replies = [rpc_batch.reply(call, 1, answer(payload)) for _, _, call, _, _, payload in frames]
        answered = pika.BasicProperties(content_type=rpc_batch.CONTENT_TYPE, app_id=rpc_batch.APP_ID)
        channel.basic_publish("", properties.reply_to, rpc_batch.batch(nonce, 0, replies), answered)
        print(f"batch {len(frames)} {properties.type} {frames[0][3]}", flush=True)
    else:
        answered = pika.BasicProperties(correlation_id=properties.correlation_id, content_type="application/json", app_id=rpc_batch.APP_ID)
        channel.basic_publish("", properties.reply_to, answer(body), answered)
        print(f"plain {properties.type}", flush=True)
    channel.basic_ack(delivery.delivery_tag)


def main(connection, arguments):
    channel = connection.channel()
    channel.queue_declare(arguments.queue)
    channel.basic_qos(prefetch_count=10)
    channel.basic_consume(arguments.queue, serve)
    signal.signal(signal.SIGTERM, lambda _signal, _frame: sys.exit(0))
    print("ready", flush=True)
    channel.start_consuming()
    print("the queue is gone", file=sys.stderr)
    return 1


if __name__ == "__main__":
    run(main, Arguments("Prints 'ready' when it consumes and a line for each message. Ends on SIGTERM with exit code 0.").parse_args())
