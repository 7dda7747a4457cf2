#!/usr/bin/env python3
"""What cloud-init makes of user data: the scripts that it runs and writes, in order.

Reads one JSON object a line, {"text": user data}, and answers with one a line:
{"scripts": [{"kind": "runcmd" | "bootcmd" | "file" | "part", "name": path or file name, "text": ...}]} or {"error": ...}.
Multi-part messages are taken apart by Python's own email package, YAML is read by PyYAML. Lists of commands become scripts by cloud-init's own
`util.shellify` where CLOUD_INIT names a folder with its package (`dpkg -x` of Debian's cloud-init); else by the same rules, written down here.
"""
import base64
import email
import gzip
import json
import os
import sys

import yaml

if os.environ.get("CLOUD_INIT"):
    sys.path.insert(0, os.environ["CLOUD_INIT"])
try:
    from cloudinit.util import shellify

    SHELLIFY = "cloud-init"
except ImportError:
    SHELLIFY = "rules"

    def shellify(commands, add_header=True):
        """cloudinit.util.shellify: a string is a line as it stands, a list a command whose words are quoted."""
        text = "#!/bin/sh\n" if add_header else ""
        for command in commands:
            if isinstance(command, (list, tuple)):
                text += " ".join("'%s'" % str(word).replace("'", "'\\''") for word in command) + "\n"
            elif isinstance(command, str):
                text += command + "\n"
            else:
                raise TypeError("Unable to shellify type '%s'." % type(command).__name__)
        return text


def content(entry):
    """cc_write_files: `encoding` names what is done to the content."""
    text = entry.get("content", "")
    encoding = str(entry.get("encoding", "")).lower()
    data = text if isinstance(text, bytes) else text.encode()
    if encoding in ("b64", "base64", "gz+b64", "gz+base64", "gzip+b64", "gzip+base64"):
        data = base64.b64decode(data)
    if encoding.startswith("gz"):
        data = gzip.decompress(data)
    return data.decode()


def config(text):
    tree = yaml.safe_load(text) or {}
    for kind in ("bootcmd", "runcmd"):
        if kind in tree:
            yield {"kind": kind, "name": "", "text": shellify(tree[kind])}
    for entry in tree.get("write_files") or []:
        yield {"kind": "file", "name": entry["path"], "text": content(entry)}


def scripts(text):
    if text.lstrip().startswith(("MIME-Version", "Content-Type")):
        for part in email.message_from_bytes(text.encode()).walk():
            if part.is_multipart():
                continue
            body = part.get_payload(decode=True).decode()
            if part.get_content_type() == "text/cloud-config":
                yield from config(body)
            else:
                yield {"kind": "part", "name": part.get_filename() or "", "text": body}
    elif text.startswith("#!"):
        yield {"kind": "part", "name": "", "text": text}
    else:
        yield from config(text)


def main():
    print("shellify: " + SHELLIFY, file=sys.stderr)
    for line in sys.stdin:
        try:
            answer = {"scripts": list(scripts(json.loads(line)["text"]))}
        except Exception as error:  # whatever is wrong is an answer too
            answer = {"error": "%s: %s" % (type(error).__name__, error)}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
