#!/usr/bin/env bash
# Puts Veille.app in a disk image, signed and notarised where there is an identity to do it with.
#
#     packaging/macos/dmg.sh            after packaging/build.py, on macOS
#
# SIGN_IDENTITY names a “Developer ID Application” in the keychain, NOTARY_PROFILE a profile stored by
# `xcrun notarytool store-credentials`. Not run by us.
set -euo pipefail
cd "$(dirname "$0")/../.."
here=packaging/macos
app=dist/Veille.app
version=$(/usr/libexec/PlistBuddy -c 'Print CFBundleShortVersionString' "$app/Contents/Info.plist")
image="dist/veille-$version-macos-$(uname -m).dmg"

if [ -n "${SIGN_IDENTITY:-}" ]; then
  codesign --force --deep --options runtime --timestamp --entitlements "$here/entitlements.plist" \
    --sign "$SIGN_IDENTITY" "$app"
  codesign --verify --deep --strict "$app"
fi
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cp -R "$app" "$room/"
ln -s /Applications "$room/Applications"
rm -f "$image"
hdiutil create -volname Veille -srcfolder "$room" -fs HFS+ -format UDZO "$image"
if [ -n "${SIGN_IDENTITY:-}" ]; then codesign --timestamp --sign "$SIGN_IDENTITY" "$image"; fi
if [ -n "${NOTARY_PROFILE:-}" ]; then
  xcrun notarytool submit "$image" --keychain-profile "$NOTARY_PROFILE" --wait
  xcrun stapler staple "$image"
fi
echo "$image"
