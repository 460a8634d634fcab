package dev.multijvm.multiprocessing.internal.connection;

import dev.multijvm.multiprocessing.AuthenticationException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Both sides prove to each other that they hold the same key, without showing it.
///
/// Everything read here has a fixed size and is compared, never interpreted. A nonce is used once,
/// so a recorded answer is of no use; a proof says who made it, so a challenge cannot be answered
/// with the challenger's own words.
///
/// | step | from      | bytes | content                                            |
/// |-----:|-----------|------:|----------------------------------------------------|
/// |    1 | answerer  |  8+32 | mark, nonce A                                      |
/// |    2 | caller    |  8+32 | mark, nonce C                                      |
/// |    3 | caller    |    32 | HMAC-SHA256 of "caller", nonce A, nonce C          |
/// |    4 | answerer  |     1 | 1 if that was right, else 0 and the end            |
/// |    5 | answerer  |    32 | HMAC-SHA256 of "answerer", nonce A, nonce C        |
final class Handshake {
  static final int SHORTEST_KEY_BYTES = 16;

  private static final String ALGORITHM = "HmacSHA256";
  private static final int NONCE_BYTES = 32;
  private static final int PROOF_BYTES = 32;
  private static final byte[] MARK = "multijv1".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CALLER = "caller".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ANSWERER = "answerer".getBytes(StandardCharsets.US_ASCII);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKeySpec key;

  /// @throws IllegalArgumentException if the key is too short
  Handshake(byte[] key) {
    if (key.length < SHORTEST_KEY_BYTES) {
      throw new IllegalArgumentException(
          "the key must have at least " + SHORTEST_KEY_BYTES + " bytes: " + key.length);
    }
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /// The part of the side that connects.
  void call(Line line, Deadline deadline) throws IOException {
    var answererNonce = readHello(line, deadline);
    var callerNonce = newNonce();
    var proof = proof(CALLER, answererNonce, callerNonce);
    send(line, deadline, MARK, callerNonce, proof);
    if (read(line, 1, deadline)[0] != 1) {
      throw new AuthenticationException("the listener refuses our key");
    }
    var theirs = read(line, PROOF_BYTES, deadline);
    if (!MessageDigest.isEqual(theirs, proof(ANSWERER, answererNonce, callerNonce))) {
      throw new AuthenticationException("the listener does not hold our key");
    }
  }

  /// The part of the side that was connected to.
  void answer(Line line, Deadline deadline) throws IOException {
    var answererNonce = newNonce();
    send(line, deadline, MARK, answererNonce);
    var callerNonce = readHello(line, deadline);
    var theirs = read(line, PROOF_BYTES, deadline);
    if (!MessageDigest.isEqual(theirs, proof(CALLER, answererNonce, callerNonce))) {
      send(line, deadline, new byte[] {0});
      throw new AuthenticationException("the caller does not hold our key");
    }
    send(line, deadline, new byte[] {1}, proof(ANSWERER, answererNonce, callerNonce));
  }

  private static byte[] readHello(Line line, Deadline deadline) throws IOException {
    if (!MessageDigest.isEqual(read(line, MARK.length, deadline), MARK)) {
      throw new AuthenticationException("the other side does not speak this protocol");
    }
    return read(line, NONCE_BYTES, deadline);
  }

  private static byte[] read(Line line, int size, Deadline deadline) throws IOException {
    var bytes = new byte[size];
    try {
      line.readFully(ByteBuffer.wrap(bytes), deadline);
    } catch (EOFException e) {
      var failure = new AuthenticationException("during authentication: " + e.getMessage());
      failure.initCause(e);
      throw failure;
    }
    return bytes;
  }

  private static void send(Line line, Deadline deadline, byte[]... parts) throws IOException {
    var message = ByteBuffer.allocate(MARK.length + NONCE_BYTES + PROOF_BYTES);
    for (var part : parts) {
      message.put(part);
    }
    line.write(message.flip(), deadline);
  }

  private static byte[] newNonce() {
    var nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    return nonce;
  }

  private byte[] proof(byte[] role, byte[] answererNonce, byte[] callerNonce) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(role);
      mac.update(answererNonce);
      return mac.doFinal(callerNonce);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has " + ALGORITHM, e);
    }
  }
}
