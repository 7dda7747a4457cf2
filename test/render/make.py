#!/usr/bin/env python3
"""What GNU make gives to the shell, in order: make itself runs, with a shell that writes down what it is given and does nothing.

Reads one JSON object a line, {"text": makefile, "target": "all"}, and answers with one a line: {"scripts": [...]} or {"error": ...}.
"""
import json
import os
import subprocess
import sys
import tempfile

RECORDER = """#!/bin/sh
while [ "$#" -gt 1 ]; do shift; done
printf '%s\\0' "$1" >> "$RECORDED"
"""


def scripts(question):
    with tempfile.TemporaryDirectory() as folder:
        shell = os.path.join(folder, "sh")
        recorded = os.path.join(folder, "recorded")
        makefile = os.path.join(folder, "Makefile")
        for path, text in ((shell, RECORDER), (makefile, question["text"]), (recorded, "")):
            with open(path, "w", encoding="utf-8", newline="") as file:
                file.write(text)
        os.chmod(shell, 0o755)
        command = ["make", "-s", "-f", makefile, "SHELL=" + shell, question.get("target", "all")]
        done = subprocess.run(
            command, cwd=folder, env={**os.environ, "RECORDED": recorded}, capture_output=True, text=True, timeout=20
        )
        if done.returncode != 0:
            raise RuntimeError(done.stderr.strip())
        with open(recorded, encoding="utf-8") as file:
            return file.read().split("\0")[:-1]


def main():
    for line in sys.stdin:
        try:
            answer = {"scripts": scripts(json.loads(line))}
        except Exception as error:  # whatever is wrong is an answer too
            answer = {"error": "%s: %s" % (type(error).__name__, error)}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
