#include "render/markup.h"

#include <algorithm>

#include <openssl/evp.h>

#include "render/visible.h"
#include "render/wording.h"

namespace unspin::html {
namespace {

void AppendEscaped(std::string& out, std::string_view bytes) {
  for (const char c : bytes) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
}

// The name of a script in a content policy. Scripts with another hash are not run.
std::string ScriptHash(std::string_view script) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  if (EVP_Digest(script.data(), script.size(), digest, &size, EVP_sha256(), nullptr) != 1) return "'none'";
  unsigned char base64[EVP_MAX_MD_SIZE * 2];
  const int length = EVP_EncodeBlock(base64, digest, static_cast<int>(size));
  return "'sha256-" + std::string(reinterpret_cast<const char*>(base64), static_cast<size_t>(length)) + "'";
}

}  // namespace

std::string Text(std::string_view text) {
  const std::string visible = Visible(text);
  std::string out;
  out.reserve(visible.size() + visible.size() / 8);
  AppendEscaped(out, visible);
  return out;
}

void AppendArticleText(std::string& out, std::string_view text, bool suspicious) {
  size_t written = 0;  // bytes of `text` that are in `out`
  for (size_t at = 0; at < text.size();) {
    const unsigned char byte = static_cast<unsigned char>(text[at]);
    if ((byte >= 0x20 && byte < 0x7f) || byte == '\n' || byte == '\t') {
      ++at;
      continue;
    }
    const Character character = CharacterAt(text, at);
    const bool hidden = IsHidden(character.code) || (suspicious && IsJoiner(character.code));
    const bool line_end = character.bytes == "\r";
    const bool broken = character.code == 0xfffd && character.bytes != "\xef\xbf\xbd";
    if (hidden || broken) {
      AppendEscaped(out, text.substr(written, at - written));
      const std::string bytes = " data-n=\"" + std::to_string(character.bytes.size()) + "\"";
      if (broken) {
        out += "<span class=\"ghost\"" + bytes + " title=\"broken UTF-8\">\xef\xbf\xbd</span>";
      } else if (line_end) {
        out += "<i" + bytes + "></i>";
      } else {
        out += "<span class=\"ghost\"" + bytes + " title=\"" + Text(CharacterName(character.code)) + "\">" +
               CodePointName(character.code) + "</span>";
      }
      written = at + character.bytes.size();
    }
    at += character.bytes.size();
  }
  AppendEscaped(out, text.substr(written));
}

std::string Head(std::string_view title, std::string_view script) {
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"generator\" content=\"unspin\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
      "script-src ";
  out += ScriptHash(script);
  out += "; base-uri 'none'; form-action 'none'\">\n<title>" + Text(title) + "</title>\n<style>\n";
  out += kReportCss;
  return out + "</style>\n</head>\n<body class=\"unspin-page\">\n";
}

std::string Tail(std::string_view script) {
  return "<script type=\"module\">" + std::string(script) + "</script>\n</body>\n</html>\n";
}

std::string Terms(std::initializer_list<std::pair<std::string_view, std::string>> terms) {
  std::string out;
  for (const auto& [name, markup] : terms) {
    if (!markup.empty()) out += "<div><dt>" + Text(name) + "</dt><dd>" + markup + "</dd></div>\n";
  }
  return out;
}

std::string Scrolled(std::string_view name) {
  return "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"" + Text(name) + "\">";
}

std::string Address(std::string_view url) {
  const bool web = url.substr(0, 7) == "http://" || url.substr(0, 8) == "https://";
  const std::string text = Text(url);
  return web ? "<a href=\"" + text + "\" rel=\"noopener noreferrer nofollow\">" + text + "</a>" : text;
}

std::string Share(double part, double whole) {
  return Decimal(whole > 0 ? std::clamp(part / whole, 0.0, 1.0) * 100 : 0.0, 2) + "%";
}

}  // namespace unspin::html
