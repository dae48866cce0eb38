// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** A disk that takes so many bytes and then no more; a write that does not fit is cut short. */
final class FullDisk implements Disk {

  private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);

  void leave(long bytes) {
    left.set(bytes);
  }

  private int take(int bytes) {
    long before = left.getAndUpdate(room -> room - Math.min(room, bytes));
    return (int) Math.min(before, bytes);
  }

  @Override
  public void replace(Path file, byte[] bytes, boolean durable) throws IOException {
    if (take(bytes.length) < bytes.length) {
      throw new IOException("No space left on device");
    }
    Disk.super.replace(file, bytes, durable);
  }

  @Override
  public void write(Path file, byte[] bytes, int offset, int length) throws IOException {
    int fits = take(length);
    Disk.super.write(file, bytes, offset, fits);
    if (fits < length) {
      throw new IOException("No space left on device");
    }
  }

  @Override
  public AppendFile append(Path file) throws IOException {
    AppendFile real = Disk.super.append(file);
    return new AppendFile() {
      @Override
      public void append(ByteBuffer bytes) throws IOException {
        int wanted = bytes.remaining();
        int fits = take(wanted);
        real.append(bytes.slice(bytes.position(), fits));
        bytes.position(bytes.position() + fits);
        if (fits < wanted) {
          throw new IOException("No space left on device");
        }
      }

      @Override
      public void force() throws IOException {
        real.force();
      }

      @Override
      public void truncate(long size) throws IOException {
        real.truncate(size);
      }

      @Override
      public long size() throws IOException {
        return real.size();
      }

      @Override
      public void close() throws IOException {
        real.close();
      }
    };
  }
}
