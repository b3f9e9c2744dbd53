#include "server/http/private_address.h"

#include "server/base/ip_address.h"

namespace roundelay {

bool is_private_address(const std::string& address) {
  const auto parsed = IpAddress::parse(address);
  return parsed && parsed->is_private();
}

}  // namespace roundelay
