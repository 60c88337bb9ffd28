"""Drops failures of one kind: the sandbox takes an empty optional field as "not sent".

Many clients send `name=` for a parameter that is not set, and the sandbox accepts it: see
"Assumptions" in the README of chatwork-sandbox. Schemathesis expects a refusal, since the empty
text does not satisfy the schema. A failure is dropped only if the same body without its empty
fields satisfies the schema, and if nothing but the body was made invalid.
"""

import schemathesis
from schemathesis.core.failures import AcceptedNegativeData
from schemathesis.core.jsonschema import make_validator
from schemathesis.core.parameters import ParameterLocation
from schemathesis.transport.serialization import Binary

OTHERS = [
    ParameterLocation.QUERY,
    ParameterLocation.PATH,
    ParameterLocation.HEADER,
    ParameterLocation.COOKIE,
]


@schemathesis.hook
def filter_failure(context, failure, case, response):
    return not (isinstance(failure, AcceptedNegativeData) and is_invalid_by_empty_fields(case))


def is_invalid_by_empty_fields(case):
    """Whether a body is invalid, and its empty optional fields are the only reason."""
    if case.meta is None or any(case.meta.is_negative_at(location) for location in OTHERS):
        return False
    alternative = case.operation.get_body_for_media_type(case.media_type)
    if alternative is None or not isinstance(case.body, dict):
        return False
    sent = {name: text_of(value) for name, value in case.body.items() if not is_empty(value)}
    if len(sent) == len(case.body):
        return False
    validator_class = case.operation.schema.adapter.jsonschema_validator_cls
    return make_validator(alternative.optimized_schema, validator_class).is_valid(sent)


def is_empty(value):
    # A form holds no empty list and no empty object: schemathesis sends no field for them.
    # `Binary` is a `str` that equals "", whatever bytes it holds.
    return value in ("", [], {}) and not isinstance(value, Binary)


def text_of(value):
    """A file's content is bytes, which a JSON schema cannot check: any text stands for it."""
    return "file" if isinstance(value, (bytes, Binary)) else value
