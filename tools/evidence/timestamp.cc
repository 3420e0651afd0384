#include "evidence/timestamp.h"

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs7.h>
#include <openssl/sha.h>
#include <openssl/ts.h>
#include <openssl/x509.h>

#include <array>
#include <cassert>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>

#include "absl/strings/str_cat.h"
#include "unspin/base/strings.h"

namespace unspin::evidence {
namespace {

template <typename T, void (*free)(T*)>
struct Freed {
  void operator()(T* object) const { free(object); }
};
template <typename T, void (*free)(T*)>
using Owned = std::unique_ptr<T, Freed<T, free>>;

using OwnedRequest = Owned<TS_REQ, TS_REQ_free>;
using OwnedReply = Owned<TS_RESP, TS_RESP_free>;
using OwnedImprint = Owned<TS_MSG_IMPRINT, TS_MSG_IMPRINT_free>;
using OwnedAlgorithm = Owned<X509_ALGOR, X509_ALGOR_free>;
using OwnedContext = Owned<TS_VERIFY_CTX, TS_VERIFY_CTX_free>;
using OwnedStore = Owned<X509_STORE, X509_STORE_free>;
using OwnedCertificate = Owned<X509, X509_free>;
using OwnedBio = Owned<BIO, BIO_free_all>;

struct SignersFreed {  // the list, not the certificates, which the reply owns
  void operator()(STACK_OF(X509) * list) const { sk_X509_free(list); }
};

using Digest = std::array<unsigned char, SHA256_DIGEST_LENGTH>;

Digest DigestOf(std::string_view bytes) {
  Digest digest;
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
  return digest;
}

absl::Status Wrong(std::string_view what) { return absl::InvalidArgumentError(AbslView(what)); }

// `what`, and the last that libcrypto said.
absl::Status WrongBecause(std::string_view what) {
  const unsigned long code = ERR_peek_last_error();
  const char* reason = code == 0 ? nullptr : ERR_reason_error_string(code);
  ERR_clear_error();
  return Wrong(absl::StrCat(AbslView(what), reason == nullptr ? "" : absl::StrCat(" (", reason, ")")));
}

OwnedReply Parse(std::string_view reply) {
  const auto* at = reinterpret_cast<const unsigned char*>(reply.data());
  OwnedReply parsed(d2i_TS_RESP(nullptr, &at, static_cast<long>(reply.size())));
  const bool is_whole = at == reinterpret_cast<const unsigned char*>(reply.data()) + reply.size();
  ERR_clear_error();
  return is_whole ? std::move(parsed) : nullptr;
}

// Whether the reply stamps these bytes, by their SHA-256.
bool StampsBytes(TS_TST_INFO* info, std::string_view bytes) {
  TS_MSG_IMPRINT* imprint = TS_TST_INFO_get_msg_imprint(info);
  const ASN1_OCTET_STRING* stamped = TS_MSG_IMPRINT_get_msg(imprint);
  const ASN1_OBJECT* algorithm = nullptr;
  X509_ALGOR_get0(&algorithm, nullptr, nullptr, TS_MSG_IMPRINT_get_algo(imprint));
  const Digest digest = DigestOf(bytes);
  return OBJ_obj2nid(algorithm) == NID_sha256 && ASN1_STRING_length(stamped) == static_cast<int>(digest.size()) &&
         std::equal(digest.begin(), digest.end(), ASN1_STRING_get0_data(stamped));
}

// "20261130140509.25Z" → "2026-11-30T14:05:09.25Z"; libcrypto has checked its form. Also the moment, to the second.
absl::StatusOr<std::string> ReadTime(const ASN1_GENERALIZEDTIME* time, std::time_t& moment) {
  std::tm parts{};
  if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return WrongBecause("its time cannot be read");
  moment = timegm(&parts);
  const std::string_view written(reinterpret_cast<const char*>(ASN1_STRING_get0_data(time)),
                                 static_cast<size_t>(ASN1_STRING_length(time)));
  constexpr size_t kSeconds = 14;  // digits of a time to the second
  if (written.size() <= kSeconds || written.back() != 'Z') return Wrong("its time is not in UTC");
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
  return absl::StrCat(text, AbslView(written.substr(kSeconds)));
}

std::string NameOf(const X509* certificate) {
  const OwnedBio out(BIO_new(BIO_s_mem()));
  X509_NAME_print_ex(out.get(), X509_get_subject_name(certificate), 0,
                     (XN_FLAG_ONELINE | ASN1_STRFLGS_ESC_CTRL) & ~XN_FLAG_SPC_EQ & ~ASN1_STRFLGS_ESC_MSB);
  char* name = nullptr;
  const long size = BIO_get_mem_data(out.get(), &name);
  return std::string(name, static_cast<size_t>(size));
}

// The certificate in the reply that its signature names; the reply owns it. Null: there is none.
X509* SignerIn(TS_RESP* reply) {
  PKCS7* token = TS_RESP_get_token(reply);
  if (!PKCS7_type_is_signed(token)) return nullptr;
  const std::unique_ptr<STACK_OF(X509), SignersFreed> signers(PKCS7_get0_signers(token, nullptr, 0));
  return signers && sk_X509_num(signers.get()) == 1 ? sk_X509_value(signers.get(), 0) : nullptr;
}

// Adds every certificate of `pem`. False where there is none, or one cannot be read.
bool AddCertificates(std::string_view pem, X509_STORE* store) {
  const OwnedBio in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  size_t added = 0;
  while (const OwnedCertificate certificate{PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr)}) {
    if (X509_STORE_add_cert(store, certificate.get()) != 1) return false;
    ++added;
  }
  const bool is_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  ERR_clear_error();
  return added > 0 && is_end;
}

// Certificates are valid for the moment of the stamp, not for today: they expire, and what they signed stays signed.
void CheckAt(std::time_t moment, X509_STORE* store) {
  X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store), moment);
}

// The signature, by libcrypto: the attributes that it covers, the hash of the certificate among them (RFC 5035), the
// certificate's purpose, and its chain to the store.
bool VerifiesWith(OwnedStore store, std::string_view bytes, TS_RESP* reply) {
  const OwnedContext context(TS_VERIFY_CTX_new());
  const Digest digest = DigestOf(bytes);
  auto* imprint = static_cast<unsigned char*>(OPENSSL_memdup(digest.data(), digest.size()));
  TS_VERIFY_CTX_set_flags(context.get(), TS_VFY_SIGNATURE | TS_VFY_VERSION | TS_VFY_IMPRINT);
  TS_VERIFY_CTX_set_imprint(context.get(), imprint, static_cast<long>(digest.size()));  // owns it
  TS_VERIFY_CTX_set_store(context.get(), store.release());                              // owns it
  return TS_RESP_verify_response(context.get(), reply) == 1;
}

// A store in which the signer's own certificate is enough, so that everything but its chain is checked.
OwnedStore StoreWithSigner(X509* signer, std::time_t moment) {
  OwnedStore store(X509_STORE_new());
  X509_STORE_add_cert(store.get(), signer);
  X509_STORE_set_flags(store.get(), X509_V_FLAG_PARTIAL_CHAIN);
  CheckAt(moment, store.get());
  return store;
}

}  // namespace

std::string TimestampRequest(std::string_view bytes) {
  const Digest digest = DigestOf(bytes);
  const OwnedRequest request(TS_REQ_new());
  const OwnedImprint imprint(TS_MSG_IMPRINT_new());
  const OwnedAlgorithm algorithm(X509_ALGOR_new());
  X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr);
  TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get());
  TS_MSG_IMPRINT_set_msg(imprint.get(), const_cast<unsigned char*>(digest.data()), static_cast<int>(digest.size()));
  TS_REQ_set_version(request.get(), 1);
  TS_REQ_set_msg_imprint(request.get(), imprint.get());
  TS_REQ_set_cert_req(request.get(), 1);
  unsigned char* der = nullptr;
  const int size = i2d_TS_REQ(request.get(), &der);
  if (size <= 0) std::abort();  // no memory
  std::string written(reinterpret_cast<const char*>(der), static_cast<size_t>(size));
  OPENSSL_free(der);
  return written;
}

absl::Status CheckCertificates(std::string_view authorities) {
  const OwnedStore store(X509_STORE_new());
  if (AddCertificates(authorities, store.get())) return absl::OkStatus();
  return absl::InvalidArgumentError(
      "holds no certificates in PEM (BEGIN CERTIFICATE), or one of them is damaged; give those of the authority");
}

absl::StatusOr<Timestamp> CheckTimestamp(std::string_view reply, std::string_view bytes, std::string_view authorities) {
  ERR_clear_error();
  if (reply.size() > kMaxTimestampBytes)
    return Wrong(absl::StrCat("has ", reply.size(), " bytes; at most ", kMaxTimestampBytes, " are read"));
  const OwnedReply parsed = Parse(reply);
  if (!parsed) return Wrong("is no reply to a timestamp request (RFC 3161), or is damaged");
  const long status = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(parsed.get())));
  if (status != TS_STATUS_GRANTED && status != TS_STATUS_GRANTED_WITH_MODS)
    return Wrong(absl::StrCat("the authority refused the request (status ", status, ")"));
  TS_TST_INFO* info = TS_RESP_get_tst_info(parsed.get());
  if (info == nullptr || TS_RESP_get_token(parsed.get()) == nullptr) return Wrong("holds no timestamp");
  if (!StampsBytes(info, bytes)) return Wrong("stamps other bytes than manifest.json of this pack");
  Timestamp stamp;
  std::time_t moment = 0;
  auto time = ReadTime(TS_TST_INFO_get_time(info), moment);
  if (!time.ok()) return time.status();
  stamp.time = *std::move(time);
  X509* signer = SignerIn(parsed.get());
  if (signer == nullptr)
    return Wrong(
        "holds no certificate of its signer; ask again with `openssl ts` or curl and manifest.tsq, which "
        "asks for it");
  stamp.signer = NameOf(signer);
  if (!VerifiesWith(StoreWithSigner(signer, moment), bytes, parsed.get()))
    return WrongBecause("has a signature, a certificate or a time that is not right");
  if (authorities.empty()) return stamp;
  OwnedStore store(X509_STORE_new());
  CheckAt(moment, store.get());
  if (!AddCertificates(authorities, store.get())) return Wrong("the trusted certificates are no PEM certificates");
  if (!VerifiesWith(std::move(store), bytes, parsed.get()))
    return WrongBecause(absl::StrCat("its signer, ", stamp.signer, ", is not certified by the trusted authorities"));
  stamp.is_trusted = true;
  return stamp;
}

}  // namespace unspin::evidence
