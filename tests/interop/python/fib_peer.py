"""What the Fibonacci programs of this folder share: arguments, connecting, reading a body."""

import argparse
import sys

import pika


class Arguments(argparse.ArgumentParser):
    """Ends with 1 on wrong arguments: these programs know two exit codes only."""

    def __init__(self, description):
        super().__init__(description=description)
        self.add_argument("amqp_uri", metavar="amqp-uri", help="amqp://user:password@host:port[/vhost]")
        self.add_argument("queue", help="the request queue")

    def error(self, message):
        self.print_usage(sys.stderr)
        self.exit(1, f"{self.prog}: {message}\n")


class CallArguments(Arguments):
    """Arguments of a program that calls."""

    def __init__(self, description):
        super().__init__(description)
        self.add_argument("n", nargs="+", help="a request body each, sent as it stands")
        self.add_argument("--timeout-s", type=float, default=30, help="seconds until the program gives up (default 30)")


def run(main, arguments):
    """Runs main with a connection; a failure is one line on stderr and exit code 1."""
    try:
        connection = pika.BlockingConnection(pika.URLParameters(arguments.amqp_uri))
    except (pika.exceptions.AMQPError, OSError, ValueError) as error:
        sys.exit(f"cannot connect: {error!r}")
    try:
        sys.exit(main(connection, arguments))
    except pika.exceptions.AMQPError as error:
        sys.exit(f"broker: {error!r}")
    finally:
        if connection.is_open:
            connection.close()


def printable(body):
    """The body as text: an integer in its plain form, anything else raw."""
    text = body.decode("utf-8", "backslashreplace")
    try:
        return str(int(text))
    except ValueError:
        return text
