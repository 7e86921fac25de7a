import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Serves Fibonacci numbers from a queue: a decimal in, a decimal out, nothing else in the message. */
public final class FibServer {
    private static final String USAGE = "usage: FibServer amqp-uri queue [--fail-with-empty-body] [--delay-ms milliseconds] [--declare-args none|durable|passive]\n"
        + "Prints 'ready' when it consumes and a line n=reply for each call served.\n"
        + "--fail-with-empty-body  replies with an empty body when n is negative or no integer; otherwise with a text\n"
        + "--delay-ms              how long each call takes (default 0)\n"
        + "--declare-args          how the queue is declared: without any argument (the default), durable, or only checked\n"
        + "Exit code 1: it could not start, or the queue or the connection went away.";

    private final Channel channel;
    private final boolean failWithEmptyBody;
    private final long delayMs;

    private FibServer(Channel channel, boolean failWithEmptyBody, long delayMs) {
        this.channel = channel;
        this.failWithEmptyBody = failWithEmptyBody;
        this.delayMs = delayMs;
    }

    public static void main(String[] args) {
        List<String> words = new ArrayList<>();
        boolean failWithEmptyBody = false;
        long delayMs = 0;
        String declareArgs = "none";
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--help")) {
                System.out.println(USAGE);
                return;
            }
            if (args[i].equals("--fail-with-empty-body")) {
                failWithEmptyBody = true;
            } else if (args[i].equals("--delay-ms") && i + 1 < args.length) {
                delayMs = Long.parseLong(args[++i]);
            } else if (args[i].equals("--declare-args") && i + 1 < args.length) {
                declareArgs = args[++i];
            } else {
                words.add(args[i]);
            }
        }
        if (words.size() != 2 || !List.of("none", "durable", "passive").contains(declareArgs)) {
            System.err.println(USAGE);
            System.exit(1);
        }

        ConnectionFactory factory = new ConnectionFactory();
        factory.setAutomaticRecoveryEnabled(false);
        try {
            factory.setUri(words.get(0));
            Connection connection = factory.newConnection();
            Channel channel = connection.createChannel();
            declare(channel, words.get(1), declareArgs);
            new FibServer(channel, failWithEmptyBody, delayMs).serveUntilCancelled(words.get(1));
            System.err.println("the queue or the connection is gone");
        } catch (Exception e) {
            System.err.println("cannot serve: " + e + (e.getCause() == null ? "" : ": " + e.getCause().getMessage()));
        }
        System.exit(1);
    }

    private static void declare(Channel channel, String queue, String how) throws IOException {
        if (how.equals("passive")) {
            channel.queueDeclarePassive(queue);
        } else {
            channel.queueDeclare(queue, how.equals("durable"), false, false, null);
        }
    }

    private void serveUntilCancelled(String queue) throws IOException, InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        channel.basicQos(1);
        // The latch is also counted down when the channel or its connection ends, whoever ends it.
        channel.addShutdownListener(cause -> ended.countDown());
        channel.basicConsume(queue, false, new DefaultConsumer(channel) {
            @Override
            public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) throws IOException {
                serve(envelope.getDeliveryTag(), properties, new String(body, StandardCharsets.UTF_8));
            }

            @Override
            public void handleCancel(String tag) {
                ended.countDown();
            }
        });
        System.out.println("ready");
        System.out.flush();
        ended.await();
    }

    private void serve(long deliveryTag, AMQP.BasicProperties request, String n) throws IOException {
        if (delayMs > 0) {
            try {
                Thread.sleep(delayMs);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        String reply = answer(n);
        if (request.getReplyTo() != null) {
            AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder().correlationId(request.getCorrelationId()).build();
            channel.basicPublish("", request.getReplyTo(), properties, reply.getBytes(StandardCharsets.UTF_8));
        }
        channel.basicAck(deliveryTag, false);
        System.out.println(n + "=" + reply);
        System.out.flush();
    }

    private String answer(String text) {
        int n;
        try {
            n = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return failWithEmptyBody ? "" : "error: not an integer";
        }
        if (n < 0) {
            return failWithEmptyBody ? "" : "error: negative";
        }
        BigInteger a = BigInteger.ZERO;
        BigInteger b = BigInteger.ONE;
        for (int i = 0; i < n; i++) {
            BigInteger next = a.add(b);
            a = b;
            b = next;
        }
        return a.toString();
    }
}
