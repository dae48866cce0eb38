// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect.ssh;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a host.
 *
 * @param knownHosts file of keys of hosts, as OpenSSH writes it
 * @param key private key in a form that OpenSSH writes, without a passphrase; null for none
 * @param password null for none
 */
public record SshLogin(
    String host,
    int port,
    String user,
    Path knownHosts,
    @Nullable Supplier<String> key,
    @Nullable Supplier<String> password) {}
