// What to say of how an article was read (Reading, article.h).
#pragma once

#include <string>
#include <string_view>

#include "unspin/article/article.h"

namespace unspin {

// Whether so much of a page was left aside that a reader of the report should look at the page.
bool LeavesMuchAside(const Reading& reading);

// "read 52 of 640 words; the rest looks like comments"
std::string DescribeReading(const Reading& reading);

// The static text of a value that Reading::chosen or rest may have; empty where it is none.
std::string_view StaticNameInReading(std::string_view name);

}  // namespace unspin
