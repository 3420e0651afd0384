// The header at the beginning of a file of MIME: a page that a browser saved, or a mail.
#pragma once

#include <cstddef>
#include <string_view>

namespace unspin {

// Where the header begins: behind a byte order mark and blank lines.
size_t StartOfMessage(std::string_view bytes);

// A page that a browser saved (MHTML): a MIME header of a page with its parts, without the traces of a mail's way.
bool IsSavedPage(std::string_view head);

// A mail, or several in a file of mails (mbox). A text that begins with lines such as "From:" and "Subject:" is none:
// mails have fields besides that only programs write.
bool IsMail(std::string_view head);

}  // namespace unspin
