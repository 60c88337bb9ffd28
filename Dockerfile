# syntax=docker/dockerfile:1
# An image with `chatwork` and `chatwork-sandbox`, from the archives that `cargo xtask dist` has written
# for musl: static programs, on an image with certificates and time zones and without a shell.
#
#   docker buildx build --platform linux/amd64,linux/arm64 --build-arg VERSION=0.1.0 .
#
# A sandbox for the other containers of a network, whose control API needs a key:
#
#   docker run --name sandbox --entrypoint chatwork-sandbox --env CHATWORK_SANDBOX_KEY=… IMAGE \
#     --host 0.0.0.0 --origin http://sandbox:8899
#
# The program is the same file as in the archive, the wheel and the npm package.
ARG VERSION=0.1.0

FROM scratch AS programs-amd64
ARG VERSION
ADD dist/archives/chatwork-${VERSION}-linux-x64-musl.tar.gz /

FROM scratch AS programs-arm64
ARG VERSION
ADD dist/archives/chatwork-${VERSION}-linux-arm64-musl.tar.gz /

# hadolint ignore=DL3006
FROM programs-${TARGETARCH} AS programs

FROM gcr.io/distroless/static-debian12:nonroot
ARG VERSION
LABEL org.opencontainers.image.title="chatwork" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.licenses="MIT OR Apache-2.0"
COPY --from=programs /chatwork-*/chatwork /chatwork-*/chatwork-sandbox /usr/local/bin/
COPY --from=programs /chatwork-*/LICENSE-MIT /chatwork-*/LICENSE-APACHE \
     /chatwork-*/THIRD-PARTY.txt /chatwork-*/sbom.cdx.json /usr/share/doc/chatwork/
# `nonroot`, as a number: some systems refuse a name.
USER 65532
ENTRYPOINT ["/usr/local/bin/chatwork"]
CMD ["--help"]
