#!/bin/sh
# Makes the edge's certificate, unless there is one that is good for another month. A self-signed one for this machine alone.
set -eu
cd /tls
umask 077
if openssl x509 -checkend 2592000 -noout -in certificate.pem 2>/dev/null; then
  echo "There is a certificate: $(openssl x509 -noout -enddate -in certificate.pem)"
  exit
fi
rm -f key.part certificate.part
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 365 -subj /CN=localhost \
  -addext subjectAltName=DNS:localhost,DNS:edge,IP:127.0.0.1,IP:::1 -keyout key.part -out certificate.part
chmod 444 certificate.part
# The edge does not run as root.
chown 101:101 key.part certificate.part
mv key.part key.pem
mv certificate.part certificate.pem
echo "Made a certificate: $(openssl x509 -noout -enddate -in certificate.pem)"
