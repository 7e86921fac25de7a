import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls a Fibonacci service over a queue, with a new exclusive reply queue for each call. */
public final class FibClient {
    private static final String USAGE = "usage: FibClient amqp-uri queue n [n ...] [--timeout-s seconds]\n"
        + "Calls one after the other, each with a reply queue of its own, and prints a line n=reply for each.\n"
        + "Exit code 0: every call was answered.";

    public static void main(String[] args) {
        List<String> words = new ArrayList<>();
        long timeoutSeconds = 30;
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--help")) {
                System.out.println(USAGE);
                return;
            }
            if (args[i].equals("--timeout-s") && i + 1 < args.length) {
                timeoutSeconds = Long.parseLong(args[++i]);
            } else {
                words.add(args[i]);
            }
        }
        if (words.size() < 3) {
            System.err.println(USAGE);
            System.exit(1);
        }

        ConnectionFactory factory = new ConnectionFactory();
        factory.setAutomaticRecoveryEnabled(false);
        String current = "connecting";
        int exitCode = 1;
        try {
            factory.setUri(words.get(0));
            try (Connection connection = factory.newConnection(); Channel channel = connection.createChannel()) {
                for (String n : words.subList(2, words.size())) {
                    current = "calling with " + n;
                    System.out.println(n + "=" + printable(call(channel, words.get(1), n, timeoutSeconds)));
                }
            }
            exitCode = 0;
        } catch (TimeoutException e) {
            System.err.println(current + ": nothing came in time");
        } catch (Exception e) {
            System.err.println(current + ": " + e);
        }
        System.out.flush();
        System.exit(exitCode);
    }

    private static byte[] call(Channel channel, String queue, String n, long timeoutSeconds) throws Exception {
        String callId = UUID.randomUUID().toString();
        String replyQueue = channel.queueDeclare().getQueue();
        CompletableFuture<byte[]> reply = new CompletableFuture<>();
        String consumer = channel.basicConsume(replyQueue, true, new DefaultConsumer(channel) {
            @Override
            public void handleDelivery(String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
                if (callId.equals(properties.getCorrelationId())) {
                    reply.complete(body);
                }
            }
        });
        AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder().correlationId(callId).replyTo(replyQueue).build();
        channel.basicPublish("", queue, properties, n.getBytes(StandardCharsets.UTF_8));
        byte[] body = reply.get(timeoutSeconds, TimeUnit.SECONDS);
        // The queue is exclusive and auto-delete: it goes with its only consumer.
        channel.basicCancel(consumer);
        return body;
    }

    private static String printable(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        try {
            return new BigInteger(text).toString();
        } catch (NumberFormatException e) {
            return text;
        }
    }
}
