"""Serves Fibonacci numbers from a queue: a decimal in, a decimal out, nothing else in the message."""

import signal
import sys

import pika

from fib_peer import Arguments, run


def fib(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def answer(body):
    """The reply body; text that is no integer where the request is not a number that has one."""
    try:
        n = int(body)
    except ValueError:
        return b"error: not an integer"
    return b"error: negative" if n < 0 else str(fib(n)).encode()


def declare(channel, queue, how):
    if how == "none":
        channel.queue_declare(queue)
    elif how == "durable":
        channel.queue_declare(queue, durable=True)
    elif how == "passive":
        channel.queue_declare(queue, passive=True)


def main(connection, arguments):
    channel = connection.channel()

    def serve(_channel, delivery, properties, body):
        if arguments.delay_ms:
            # Not time.sleep: heartbeats go on meanwhile.
            connection.sleep(arguments.delay_ms / 1000)
        reply = answer(body)
        if properties.reply_to:
            channel.basic_publish("", properties.reply_to, reply, pika.BasicProperties(correlation_id=properties.correlation_id))
        channel.basic_ack(delivery.delivery_tag)
        print(f"{body.decode('utf-8', 'backslashreplace')}={reply.decode()}", flush=True)

    declare(channel, arguments.queue, arguments.declare_args)
    channel.basic_qos(prefetch_count=1)
    channel.basic_consume(arguments.queue, serve)
    signal.signal(signal.SIGTERM, lambda _signal, _frame: sys.exit(0))
    print("ready", flush=True)
    channel.start_consuming()
    # Reached when the broker cancels the consumer, as it does when the queue is deleted.
    print("the queue is gone", file=sys.stderr)
    return 1


if __name__ == "__main__":
    parser = Arguments("Prints 'ready' when it consumes and a line n=reply for each call served. Ends on SIGTERM with exit code 0.")
    parser.add_argument("--delay-ms", type=int, default=0, help="milliseconds each call takes (default 0)")
    parser.add_argument(
        "--declare-args",
        choices=["none", "durable", "passive"],
        default="none",
        help="how the queue is declared: without any argument (the default), durable, or only checked",
    )
    run(main, parser.parse_args())
