// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

// One event stream for all tabs of a user: HTTP/1.1 allows a browser six connections to a host.
// While every tab is hidden the stream is closed; the next one resumes behind the last leaf seen.

const ports = new Map();
let stream = null;
let last = -1;

function broadcast(message) {
  for (const [port, visible] of ports) {
    if (visible) {
      port.postMessage(message);
    }
  }
}

function receive(type, event) {
  if (event.lastEventId) {
    last = Math.max(last, Number(event.lastEventId));
  }
  broadcast({ type, leaf: last, data: event.data ? JSON.parse(event.data) : null });
}

function open() {
  stream = new EventSource(`/live?after=${last}`);
  stream.addEventListener("incident", (event) => receive("incident", event));
  stream.addEventListener("reload", (event) => receive("reload", event));
  stream.addEventListener("open", () => broadcast({ type: "open" }));
  stream.addEventListener("error", () => {
    broadcast({ type: "error" });
    if (stream?.readyState === EventSource.CLOSED) {
      stream = null;
      setTimeout(update, 5000);
    }
  });
}

function update() {
  const wanted = [...ports.values()].some(Boolean);
  if (wanted && !stream) {
    open();
  } else if (!wanted && stream) {
    stream.close();
    stream = null;
  }
}

function listen(port) {
  port.onmessage = ({ data }) => {
    if (data.type === "bye") {
      ports.delete(port);
    } else {
      last = Math.max(last, data.after ?? -1);
      ports.set(port, data.type === "visible");
    }
    update();
  };
}

self.onconnect = (event) => listen(event.ports[0]);
