// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect.ssh;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;

/** A session with a host; nothing of this machine's own settings or keys is used. */
final class SshConnection implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final SshClient client;
  private final ClientSession session;
  private final SftpClient files;

  private SshConnection(SshClient client, ClientSession session, SftpClient files) {
    this.client = client;
    this.session = session;
    this.files = files;
  }

  static SshConnection open(SshLogin login) throws IOException {
    SshClient client = SshClient.setUpDefaultClient();
    client.setServerKeyVerifier(
        new KnownHostsServerKeyVerifier(RejectAllServerKeyVerifier.INSTANCE, login.knownHosts()));
    client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    client.setUserAuthFactories(
        List.of(UserAuthPublicKeyFactory.INSTANCE, UserAuthPasswordFactory.INSTANCE));
    client.start();
    try {
      ClientSession session =
          client.connect(login.user(), login.host(), login.port()).verify(PATIENCE).getSession();
      identify(session, login);
      session.auth().verify(PATIENCE);
      return new SshConnection(
          client, session, SftpClientFactory.instance().createSftpClient(session));
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      client.stop();
      throw new IOException("no session with the host: " + e.getMessage(), e);
    }
  }

  private static void identify(ClientSession session, SshLogin login)
      throws IOException, GeneralSecurityException {
    if (login.key() != null) {
      // what keeps secrets as lines may have taken the last line's end
      byte[] text = (login.key().get().strip() + "\n").getBytes(StandardCharsets.UTF_8);
      Iterable<KeyPair> pairs =
          SecurityUtils.loadKeyPairIdentities(
              session, NamedResource.ofName("key"), new ByteArrayInputStream(text), null);
      if (pairs == null) {
        throw new IOException("the key is none, or has a passphrase");
      }
      pairs.forEach(session::addPublicKeyIdentity);
    }
    if (login.password() != null) {
      session.addPasswordIdentity(login.password().get());
    }
  }

  boolean isOpen() {
    return session.isOpen() && files.isOpen();
  }

  SftpClient files() {
    return files;
  }

  /** What a command prints, as far as it may be read. */
  byte[] run(SshCommand command, int most) throws IOException {
    try (ChannelExec channel = session.createExecChannel(command.line());
        Bounded out = new Bounded(most)) {
      channel.setOut(out);
      channel.setErr(new Bounded(most));
      channel.open().verify(PATIENCE);
      channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), PATIENCE);
      Integer status = channel.getExitStatus();
      if (status == null || status != 0) {
        throw new IOException("a command ended with " + status);
      }
      return out.toByteArray();
    }
  }

  /** Refuses more than it may hold. */
  private static final class Bounded extends ByteArrayOutputStream {
    private final int most;

    Bounded(int most) {
      this.most = most;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      if (count + length > most) {
        throw new IllegalStateException("it prints more than " + most + " bytes");
      }
      super.write(bytes, offset, length);
    }
  }

  @Override
  public void close() {
    client.stop();
  }
}
