#!/bin/sh
# Makes prosemirror.js anew from the packages below: `sh static/vendor/prosemirror/build.sh`. Needs Node and its npm.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cp "$here/entry.js" "$room"
cd "$room"
echo '{"private": true, "type": "module"}' > package.json
npm install --no-package-lock --no-audit --no-fund --ignore-scripts --loglevel=error \
    prosemirror-commands@1.7.2 prosemirror-dropcursor@1.8.4 prosemirror-gapcursor@1.4.1 prosemirror-history@1.5.1 \
    prosemirror-inputrules@1.6.0 prosemirror-keymap@1.2.3 prosemirror-model@1.25.13 prosemirror-schema-list@1.6.0 \
    prosemirror-search@1.1.1 prosemirror-state@1.4.4 prosemirror-transform@1.12.6 prosemirror-view@1.42.9 \
    orderedmap@2.1.1 rope-sequence@1.3.4 w3c-keyname@2.2.8 esbuild@0.28.2
npx esbuild entry.js --bundle --minify --format=esm --target=es2022 --legal-comments=none \
    --banner:js="/*! ProseMirror, MIT licence: see LICENSE beside this file */" --outfile="$here/prosemirror.js"
