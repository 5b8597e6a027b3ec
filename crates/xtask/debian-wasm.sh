#!/usr/bin/env bash
# Makes a Rust toolchain named "debian" that can build for WebAssembly, from Debian's packages alone.
#
# The normal way is `rustup target add wasm32-unknown-unknown`. Where rustup may not install anything
# (RUSTUP_AUTO_INSTALL=0), Debian's own compiler and its library source do the same job: the standard
# library is built once for the browser and laid where that compiler looks for it.
# Needs Debian, root and rustup. Running it again changes nothing.
set -euo pipefail

target=wasm32-unknown-unknown
sysroot=/usr/lib/rustlib
library="$sysroot/$target/lib"
say() { printf 'setup: %s\n' "$*"; }
update() { apt-get update -qq -o APT::Update::Error-Mode=any; }
install() { DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null; }

if ! [ -x /usr/bin/rustc ] || ! [ -d /usr/lib/rustlib/src ] || ! [ -x /usr/bin/cargo ]; then
    say "installing Debian's Rust (rustc-web, cargo-web, rust-web-src)"
    update
    install rustc-web cargo-web rust-web-src
fi

unset LD_LIBRARY_PATH # a rustup toolchain's libraries are not for Debian's compiler
version=$(/usr/bin/rustc -vV)
host=$(sed -n 's/^host: //p' <<<"$version")
linker="$sysroot/$host/bin/rust-lld"
llvm=$(sed -n 's/^LLVM version: \([0-9]*\).*/\1/p' <<<"$version")

# A library built by another version of the compiler is of no use, so the version is kept beside it.
stamp="$library/.built-by"
if ! [ -f "$stamp" ] || [ "$(cat "$stamp")" != "$version" ]; then
    say "building the standard library for $target (about a minute)"
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    mkdir "$work/src"
    printf '[package]\nname = "throwaway"\nedition = "2021"\n' >"$work/Cargo.toml"
    : >"$work/src/lib.rs"
    (
        cd "$work"
        env -u CARGO -u RUSTUP_TOOLCHAIN -u CARGO_TARGET_DIR -u RUSTC_WRAPPER \
            RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes \
            /usr/bin/cargo build --quiet --release --target "$target" \
            -Z build-std=core,alloc,std,panic_abort,panic_unwind,proc_macro,test
    )
    rm -rf "$library"
    mkdir -p "$library"
    find "$work/target/$target/release/deps" -name '*.rlib' ! -name 'libthrowaway-*' -exec cp {} "$library/" \;
    printf '%s' "$version" >"$stamp"
fi

if ! [ -x "$linker" ]; then
    say "installing the linker (lld-$llvm)"
    update
    install "lld-$llvm"
    mkdir -p "$(dirname "$linker")"
    ln -sf "/usr/lib/llvm-$llvm/bin/lld" "$linker"
fi

if ! rustup toolchain list | grep -q '^debian\b'; then
    say "naming it for rustup: debian"
    rustup toolchain link debian /usr
fi
