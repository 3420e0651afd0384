// A time-stamping authority for tests: its certificates, made anew, and its replies (RFC 3161).
#pragma once

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>
#include <string_view>

namespace unspin::testing {

class TimestampAuthority {
 public:
  // `purpose`: the extended key usage of the signer; authorities have "critical,timeStamping".
  explicit TimestampAuthority(const char* purpose = "critical,timeStamping")
      : root_key_(EVP_RSA_gen(2048)), key_(EVP_RSA_gen(2048)) {
    root_ = Certificate("Test Root", root_key_, nullptr, {{NID_basic_constraints, "critical,CA:TRUE"}});
    signer_ = Certificate("Test Stamps", key_, root_, {{NID_ext_key_usage, purpose}});
  }
  TimestampAuthority(const TimestampAuthority&) = delete;
  ~TimestampAuthority() {
    X509_free(root_);
    X509_free(signer_);
    EVP_PKEY_free(root_key_);
    EVP_PKEY_free(key_);
  }

  // The root's certificate.
  std::string Pem() const {
    BIO* out = BIO_new(BIO_s_mem());
    PEM_write_bio_X509(out, root_);
    return Drained(out);
  }

  // The reply (DER) at a time, in seconds since 1970; a refusal where the request is none.
  std::string Reply(std::string_view request, long time) const {
    TS_RESP_CTX* context = TS_RESP_CTX_new();
    TS_RESP_CTX_set_signer_cert(context, signer_);
    TS_RESP_CTX_set_signer_key(context, key_);
    TS_RESP_CTX_set_signer_digest(context, EVP_sha256());
    TS_RESP_CTX_add_md(context, EVP_sha256());
    ASN1_OBJECT* policy = OBJ_txt2obj("1.2.3.4.1", 1);
    TS_RESP_CTX_set_def_policy(context, policy);
    TS_RESP_CTX_set_serial_cb(
        context,
        [](TS_RESP_CTX*, void*) {
          ASN1_INTEGER* serial = ASN1_INTEGER_new();
          ASN1_INTEGER_set(serial, 7);
          return serial;
        },
        nullptr);
    TS_RESP_CTX_set_time_cb(
        context,
        [](TS_RESP_CTX*, void* given, long* seconds, long* microseconds) {
          *seconds = *static_cast<long*>(given);
          *microseconds = 0;
          return 1;
        },
        &time);
    BIO* in = BIO_new_mem_buf(request.data(), static_cast<int>(request.size()));
    TS_RESP* reply = TS_RESP_create_response(context, in);
    BIO* out = BIO_new(BIO_s_mem());
    if (reply != nullptr) i2d_TS_RESP_bio(out, reply);
    TS_RESP_free(reply);
    BIO_free(in);
    ASN1_OBJECT_free(policy);
    TS_RESP_CTX_free(context);
    return Drained(out);
  }

 private:
  struct Extension {
    int kind;
    const char* value;
  };

  static std::string Drained(BIO* out) {
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(out, &bytes);
    std::string drained(bytes, static_cast<size_t>(size));
    BIO_free(out);
    return drained;
  }

  // Valid for 2020 to 2029, whatever today is. A root where `issuer` is null.
  X509* Certificate(const char* name, EVP_PKEY* key, X509* issuer, std::initializer_list<Extension> extensions) const {
    X509* certificate = X509_new();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), issuer == nullptr ? 1 : 2);
    ASN1_TIME_set_string(X509_getm_notBefore(certificate), "20200101000000Z");
    ASN1_TIME_set_string(X509_getm_notAfter(certificate), "20300101000000Z");
    X509_NAME* subject = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
    X509_set_issuer_name(certificate, issuer == nullptr ? subject : X509_get_subject_name(issuer));
    X509_set_pubkey(certificate, key);
    for (const Extension& extension : extensions) {
      X509_EXTENSION* made = X509V3_EXT_conf_nid(nullptr, nullptr, extension.kind, extension.value);
      X509_add_ext(certificate, made, -1);
      X509_EXTENSION_free(made);
    }
    X509_sign(certificate, root_key_, EVP_sha256());
    return certificate;
  }

  EVP_PKEY* root_key_;
  EVP_PKEY* key_;
  X509* root_ = nullptr;
  X509* signer_ = nullptr;
};

}  // namespace unspin::testing
