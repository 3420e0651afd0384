// /v1/session: the page in the browser says once who sits before it.
#include <string>

#include "render/json_writer.h"
#include "server/answers.h"
#include "server/arguments.h"
#include "server/routes.h"
#include "unspin/base/strings.h"

namespace unspin::server {
namespace {

constexpr size_t kMaxNameBytes = 200;

// Behind a proxy that speaks TLS the browser came by https.
bool CameByHttps(const Request& request) { return request.Header("x-forwarded-proto") == "https"; }

// With what the page has to know of the server before somebody chooses a file.
Response IdentityAnswer(const Service& service, const Identity& who) {
  JsonWriter json;
  json.BeginObject();
  json.Field("person", who.person);
  json.Key("scopes");
  json.BeginArray();
  for (const Scope scope : {kRead, kCheck, kWrite, kAdmin}) {
    if (who.Has(scope)) json.Text(ScopeWords(scope));
  }
  json.EndArray();
  json.Field("local", who.local);
  json.Field("inputs", !service.options().inputs.empty());
  json.Field("max_body", service.options().max_body);
  json.EndObject();
  Response answer = Json(json.Take());
  answer.headers.emplace_back("Cache-Control", "no-store");
  return answer;
}

Response OpenSession(const Service& service, Access& access, Sessions& sessions, const Request& request) {
  Arguments arguments(request);
  JsonBody body(request, arguments);
  Identity who;
  std::string token_hash;
  if (access.local()) {
    who = request.who;
    who.person = body.RequiredText("name");
    if (who.person.size() > kMaxNameBytes)
      arguments.Refuse(400, "bad_argument", "`name` must have at most " + std::to_string(kMaxNameBytes) + " bytes");
    if (!arguments.ok()) return *arguments.TakeProblem();
  } else {
    const std::string token = body.RequiredText("token");
    if (!arguments.ok()) return *arguments.TakeProblem();
    const auto identity = access.IdentityOf(token);
    if (!identity) return Problem(401, "unknown_token", "the server does not know this token; check that it is whole");
    who = *identity;
    token_hash = Sha256(token);
  }
  sessions.Close(request.Cookie(Sessions::kCookie).value_or(""));
  const std::string value = sessions.Open(who, token_hash);
  Response answer = IdentityAnswer(service, who);
  answer.headers.emplace_back("Set-Cookie", Sessions::SetCookie(value, CameByHttps(request)));
  return answer;
}

Response CloseSession(Sessions& sessions, const Request& request) {
  sessions.Close(request.Cookie(Sessions::kCookie).value_or(""));
  Response answer = NothingToSay();
  answer.headers.emplace_back("Set-Cookie", Sessions::ClearCookie(CameByHttps(request)));
  return answer;
}

}  // namespace

void AddSessionRoutes(const Service& service, Access& access, Sessions& sessions, Router& router) {
  router.Add({"POST", "/v1/session", Scope::kPublic,
              [&](const Request& request, Worker&) { return OpenSession(service, access, sessions, request); },
              "open-session"});
  router.Add({"GET", "/v1/session", Scope::kPublic,
              [&](const Request& request, Worker&) { return IdentityAnswer(service, request.who); }, "session"});
  router.Add({"DELETE", "/v1/session", Scope::kPublic,
              [&](const Request& request, Worker&) { return CloseSession(sessions, request); }, "close-session"});
}

}  // namespace unspin::server
