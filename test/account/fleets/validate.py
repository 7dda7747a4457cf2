"""Holds requests against the models of the APIs in botocore, which the AWS CLI is made of: names, types, lengths, patterns, values.

Reads a list of [service, operation, parameters] as JSON; writes a list of what is wrong with each, as text, empty where nothing is.
"""
import json
import re
import sys

from botocore.session import Session
from botocore.validate import ParamValidator

session = Session()
models = {}


def python_pattern(pattern):
    """The models' patterns name classes of Unicode, which `re` has not."""
    return pattern.replace(r"\p{L}\p{Z}\p{N}", r"\w\s")


def wrongs(shape, value, path):
    meta = shape.metadata
    found = []
    if shape.type_name == "structure":
        for name, inner in value.items():
            found += wrongs(shape.members[name], inner, f"{path}.{name}")
    elif shape.type_name == "map":
        if not meta.get("min", 0) <= len(value) <= meta.get("max", 10**9):
            found.append(f"{path}: {len(value)} entries")
        for name, inner in value.items():
            found += wrongs(shape.key, name, f"{path} key") + wrongs(shape.value, inner, f"{path}.{name}")
    elif shape.type_name == "list":
        if not meta.get("min", 0) <= len(value) <= meta.get("max", 10**9):
            found.append(f"{path}: {len(value)} items")
        for inner in value:
            found += wrongs(shape.member, inner, f"{path}[]")
    elif shape.type_name == "string":
        if not meta.get("min", 0) <= len(value) <= meta.get("max", 10**9):
            found.append(f"{path}: {len(value)} characters")
        if "enum" in meta and value not in meta["enum"]:
            found.append(f"{path}: {value}")
        if "pattern" in meta and "\\s\\S" not in meta["pattern"] and not re.search(python_pattern(meta["pattern"]), value):
            found.append(f"{path}: {value} is not {meta['pattern']}")
    return found


def check(service, operation, parameters):
    if service not in models:
        models[service] = session.get_service_model(service)
    shape = models[service].operation_model(operation).input_shape
    report = ParamValidator().validate(parameters, shape).generate_report()
    return report or "; ".join(wrongs(shape, parameters, operation))


json.dump([check(*each) for each in json.load(sys.stdin)], sys.stdout)
