// Whether two addresses name the same page, however they are spelled.
#pragma once

#include <string_view>

namespace unspin {

// Scheme, "www.", fragment and slashes at the end do not count, nor does the case of the host, nor parameters that
// only count readers ("utm_source"). An empty address is no page's.
bool IsSameAddress(std::string_view a, std::string_view b);

}  // namespace unspin
