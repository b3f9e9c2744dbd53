// Who asks, where a proxy stands in front (X-Forwarded-For and its kin, RFC 7239): a proxy that is trusted is believed, nobody
// else. Pure.
#pragma once

#include <string>
#include <string_view>

#include "server/base/ip_address.h"
#include "server/net/http_head.h"

namespace roundelay {

struct Asker {
  std::string address;  // whose limits count: the client's, as far as those tell it who are trusted
  std::string host;     // that she asked for; empty: what the head says as its Host
};

// `peer`: the other end of the connection, numeric. Of the chain of addresses the last counts that is no trusted proxy; where it
// holds something else, the proxy that told so. X-Forwarded-For is read, and Forwarded where there is none: proxies that write
// one of them pass the other on as it came, from anybody.
[[nodiscard]] Asker asker_of(const std::string& peer, const HttpHead& head, const AddressList& trusted);

// What the head says of an asker's address, for a log; empty: nothing.
[[nodiscard]] std::string forwarded_for(const HttpHead& head);

}  // namespace roundelay
