import { describe, expect, it } from 'vitest';
import { judged } from '../testing/script';

/** Each script is marked where a request without a token is found. */
function finds(scripts: readonly (readonly [name: string, script: string])[]): void {
  it.each(scripts)('%s', (_, script) => {
    expect(judged(script, 'imdsv1-call')).toBe(script);
  });
}

describe('variables', () => {
  finds([
    ['the address', 'URL=http://169.254.169.254/latest/meta-data\n«curl $URL/instance-id»\n'],
    ['the host', 'IMDS="169.254.169.254"\n«curl "http://${IMDS}/latest/meta-data/"»\n'],
    [
      'one made of another',
      'HOST=169.254.169.254\nBASE="http://$HOST/latest"\nURL=$BASE/meta-data\n«curl -s "$URL/ami-id"»\n',
    ],
    ['appended', 'URL=http://169.254.169.254\nURL+=/latest/meta-data/\n«curl $URL»\n'],
    ['exported', 'export IMDS=http://169.254.169.254\n«curl $IMDS/latest/meta-data/»\n'],
    ['readonly', 'readonly IMDS=http://169.254.169.254\n«curl $IMDS/latest/meta-data/»\n'],
    ['declared', 'declare -r IMDS=http://169.254.169.254\n«curl $IMDS/latest/meta-data/»\n'],
    ['printed into', 'URL=$(printf "http://%s/latest/meta-data/" 169.254.169.254)\n«curl $URL»\n'],
    ['printed into by name', 'printf -v URL "http://%s/latest/%s" 169.254.169.254 meta-data/\n«curl "$URL"»\n'],
    [
      'handed on where a condition holds',
      'H=169.254.169.254\nif [ -n "$A" ]; then\n  B=$H\n  C="$B/latest/"\nfi\n«curl "$C"»\n',
    ],
    [
      'made by a function of its argument',
      'set_url() {\n  if [ -n "$1" ]; then\n    URL="$1/latest/dynamic/"\n  fi\n}\nset_url http://169.254.169.254\n«curl "$URL"»\n',
    ],
    ['printed over', 'URL=http://169.254.169.254/latest/\nprintf -v URL "https://%s/" example.com\ncurl "$URL"\n'],
    ['echoed into', 'URL=$(echo http://169.254.169.254/latest/meta-data/)\n«curl $URL»\n'],
    ['read from a heredoc', 'URL=$(cat <<EOF\nhttp://169.254.169.254/latest/meta-data/\nEOF\n)\n«curl $URL»\n'],
    ['in arithmetic, unknown behind a known address', '«curl http://169.254.169.254/latest/meta-data/$((1 + 1))»\n'],
    ['indirect', 'A=http://169.254.169.254/latest/meta-data/\nN=A\n«curl ${!N}»\n'],
    ['for one command only, which sees it too late', 'URL=http://169.254.169.254/latest/meta-data/ curl $URL\n'],
    ['unset again', 'URL=http://169.254.169.254/latest/meta-data/\nunset URL\ncurl $URL\n'],
    ['set to something else', 'URL=http://169.254.169.254/latest/\nURL=https://example.com/\ncurl $URL\n'],
    ['not known', 'curl "$URL/latest/meta-data/"\n'],
    ['read from input', 'URL=http://169.254.169.254/latest/\nread -r URL\ncurl $URL\n'],
    ['of another name', 'URL=http://169.254.169.254/latest/\ncurl $URLS\n'],
    ['in single quotes', "URL=http://169.254.169.254/latest/\ncurl '$URL'\n"],
  ]);
});

describe('defaults', () => {
  finds([
    [':- of a variable that is not set', '«curl "${IMDS:-http://169.254.169.254}/latest/meta-data/"»\n'],
    ['- of a variable that is not set', '«curl ${IMDS-http://169.254.169.254}/latest/meta-data/»\n'],
    [':= for later', ': "${IMDS:=http://169.254.169.254}"\n«curl $IMDS/latest/meta-data/»\n'],
    [':- in an assignment', 'IMDS=${1:-169.254.169.254}\n«curl http://$IMDS/latest/meta-data/»\n'],
    [':- of a variable that is set', 'IMDS=http://example.com\ncurl "${IMDS:-http://169.254.169.254}/latest/"\n'],
    [':- of an empty variable', 'IMDS=\n«curl "${IMDS:-http://169.254.169.254}/latest/"»\n'],
    [':+ of a variable that is set', 'X=1\n«curl ${X:+http://169.254.169.254/latest/}»\n'],
    [':? of a variable that is set', 'IMDS=http://169.254.169.254\n«curl "${IMDS:?missing}/latest/"»\n'],
  ]);
});

describe('changes of a value', () => {
  finds([
    ['a prefix removed', 'U=xhttp://169.254.169.254/latest/\n«curl ${U#x}»\n'],
    ['a suffix removed', 'U=http://169.254.169.254/latest/meta-data/foo\n«curl ${U%foo}»\n'],
    ['the longest suffix removed', 'U=http://169.254.169.254/latest/a/b\n«curl ${U%%/a*}/»\n'],
    ['a text replaced', 'U=http://HOST/latest/meta-data/\n«curl ${U/HOST/169.254.169.254}»\n'],
    ['every text replaced', 'U=http:__169.254.169.254_latest_\n«curl ${U//_//}»\n'],
    ['lower case', 'U=HTTP://INSTANCE-DATA/LATEST/\n«curl ${U,,}»\n'],
    ['a slice', 'U=@@http://169.254.169.254/latest/\n«curl ${U:2}»\n'],
    ['the host taken out', 'U=http://169.254.169.254/latest/\ncurl ${U//169.254.169.254/example.com}\n'],
    ['a length', 'U=http://169.254.169.254/latest/\ncurl http://example.com/${#U}\n'],
  ]);
});

describe('arrays', () => {
  finds([
    ['all elements', 'A=(-s http://169.254.169.254/latest/)\n«curl "${A[@]}"»\n'],
    ['one element', 'U=(http://example.com/ http://169.254.169.254/latest/)\n«curl "${U[1]}"»\n'],
    ['another element', 'U=(http://example.com/ http://169.254.169.254/latest/)\ncurl "${U[0]}"\n'],
    ['the first by name', 'U=(http://169.254.169.254/latest/ x)\n«curl $U»\n'],
    ['by key', 'declare -A U\nU[imds]=http://169.254.169.254/latest/\n«curl "${U[imds]}"»\n'],
    [
      'written with keys',
      'declare -A U=([a]=http://example.com [imds]=http://169.254.169.254/latest/)\n«curl "${U[imds]}"»\n',
    ],
    ['appended', 'A=(-s)\nA+=(http://169.254.169.254/latest/)\n«curl "${A[@]}"»\n'],
    [
      'a header among them',
      'A=(-s -H "X-aws-ec2-metadata-token: $T")\ncurl "${A[@]}" http://169.254.169.254/latest/\n',
    ],
    ['options that hold none', 'A=(-s -f --retry 3)\n«curl "${A[@]}" http://169.254.169.254/latest/»\n'],
    ['guarded against set -u', 'A=()\n«curl ${A[@]+"${A[@]}"} http://169.254.169.254/latest/»\n'],
  ]);
});

describe('words that become several', () => {
  finds([
    ['options in one variable', 'O="-s -f"\n«curl $O http://169.254.169.254/latest/»\n'],
    ['the command and its options', 'CURL="curl -s --retry 3"\n«$CURL http://169.254.169.254/latest/»\n'],
    ['the command in quotes', 'CURL=/usr/bin/curl\n«"$CURL" http://169.254.169.254/latest/»\n'],
    ['the whole command', 'CMD="curl http://169.254.169.254/latest/"\n«$CMD»\n'],
    ['a header in quotes within is no header', 'O="-H a"\n«curl $O http://169.254.169.254/latest/»\n'],
    ['a command that is not known and called curl', '«$CURL http://169.254.169.254/latest/»\n'],
    ['a command that is not known', '$GET http://169.254.169.254/latest/\n'],
    ['set --', 'set -- -s http://169.254.169.254/latest/\n«curl "$@"»\n'],
    ['braces stand as they are', '«curl http://169.254.169.254/latest/meta-data/{ami-id,instance-id}»\n'],
  ]);
});
