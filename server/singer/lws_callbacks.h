// What the sources that talk to libwebsockets share; included by them alone.
#pragma once

#include <libwebsockets.h>

namespace roundelay {

// lws_close_reason() and returning -1 is the usual way to close a websocket, but Debian's libwebsockets 4.1.6 (built with its
// debug checks) closes twice on libuv, and the second time cuts the first short: the close frame never leaves. Writing the frame
// works; this is the number that libwebsockets itself uses for it (its LWS_WRITE_CLOSE, not in the public header).
inline constexpr auto kWriteClose = static_cast<lws_write_protocol>(4);

// lws_client_connect_info::ssl_connection for TLS.
[[nodiscard]] inline int tls_flags(bool accept_self_signed) {
  return accept_self_signed ? LCCSCF_USE_SSL | LCCSCF_ALLOW_SELFSIGNED | LCCSCF_SKIP_SERVER_CERT_HOSTNAME_CHECK |
                                  LCCSCF_ALLOW_EXPIRED | LCCSCF_ALLOW_INSECURE
                            : LCCSCF_USE_SSL;
}

}  // namespace roundelay
