#!/bin/sh
# make_certificates.sh FOLDER      certificates for the TLS tests, good and bad, with the openssl tool alone. For each NAME it
# leaves NAME.pem, NAME.key and NAME.pin (what libcurl pins).
set -eu
mkdir -p "$1"
cd "$1"
rm -rf ./*
mkdir db
: >db/index
echo 1000 >db/serial
cat >openssl.cnf <<'TEXT'
[req]
distinguished_name = name
[name]
[ca]
default_ca = ours
[ours]
database = db/index
serial = db/serial
new_certs_dir = db
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[server]
basicConstraints = critical,CA:FALSE
extendedKeyUsage = serverAuth
subjectAltName = IP:127.0.0.1
[elsewhere]
basicConstraints = critical,CA:FALSE
extendedKeyUsage = serverAuth
subjectAltName = DNS:elsewhere.invalid
[client]
basicConstraints = critical,CA:FALSE
extendedKeyUsage = clientAuth
TEXT

new_key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key" 2>/dev/null; }

pin() {
  printf 'sha256//%s\n' "$(openssl x509 -in "$1.pem" -noout -pubkey | openssl pkey -pubin -outform DER |
    openssl dgst -sha256 -binary | openssl base64)" >"$1.pin"
}

# self_signed NAME EXTENSIONS
self_signed() {
  new_key "$1"
  openssl req -x509 -new -key "$1.key" -subj "/CN=$1" -days 30 -config openssl.cnf -extensions "$2" -out "$1.pem"
  pin "$1"
}

# issued NAME EXTENSIONS CA [FROM UNTIL]      times as openssl ca writes them: 20200101000000Z
issued() {
  new_key "$1"
  openssl req -new -key "$1.key" -subj "/CN=$1" -config openssl.cnf -out "$1.csr"
  openssl ca -batch -notext -config openssl.cnf -extensions "$2" -cert "$3.pem" -keyfile "$3.key" -in "$1.csr" -out "$1.pem" \
    -startdate "${4:-$(date -u -d yesterday +%Y%m%d000000Z)}" -enddate "${5:-$(date -u -d '+30 days' +%Y%m%d000000Z)}" 2>/dev/null
  pin "$1"
}

self_signed ca authority
self_signed other-ca authority
self_signed self-signed server
issued server server ca
issued next-server server ca
issued expired server ca 20200101000000Z 20200201000000Z
issued not-yet-valid server ca 20990101000000Z 20990201000000Z
issued wrong-host elsewhere ca
issued unknown-ca server other-ca
issued client client ca
issued expired-client client ca 20200101000000Z 20200201000000Z
issued other-client client other-ca
