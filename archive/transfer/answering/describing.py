"""The document that describes the API, made from its code: what ninja knows, and what every answer has beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive.transfer.answering import problems, shapes

if TYPE_CHECKING:
    from ninja import NinjaAPI

TITLE = "Reading this archive"
DESCRIPTION = """
Reads the archive: works with their advisories, chapters, tags, series, authors, lists by the same filters as the site's.

**The warnings come first.** A text is answered only where its advisory asks for nothing, or with `view_adult=true`, which says
yes to what it says.

Guests are answered what is public. With an app password of a member, as a Bearer token or over HTTP Basic, what that member may
read is answered, without what they leave out. Sessions and cookies count for nothing.

Lists go on with `next`. Answers have an `ETag`. Guests may ask 300 times in five minutes from one network, app passwords
3,000 times; `RateLimit` says what is left, and a 429 when to come back.
"""
SECURITY = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "An app password, as it is shown when it is made."},
    "basic": {"type": "http", "scheme": "basic", "description": "User name or e-mail address, and an app password."},
}
SAID = {
    "400": "What was sent cannot be taken: a password in the address, a character that nothing has.",
    "401": "This is for members, or the app password is not valid.",
    "403": "The app password is not for this; or, before a text, its advisory has to be met first.",
    "404": "There is nothing here, or nothing that whoever asks may read.",
    "422": "A parameter cannot be read.",
    "429": "Too much at once: `Retry-After` says when to come back.",
    "503": "The index is being made anew, and words cannot be looked for at the moment; or the archive does not answer.",
}
WITHOUT_NUL = r"^[^\u0000]*$"
HEADERS = {
    "ETag": ("What to send back as `If-None-Match`.", "string"),
    "RateLimit": ("What is left in this window.", "string"),
    "RateLimit-Policy": ("How much may be asked in a window.", "string"),
}


def document_of(api: NinjaAPI, *, server: str) -> dict[str, Any]:
    """Answer the document of an archive that is reached at `server`."""
    document: dict[str, Any] = dict(api.get_openapi_schema(path_prefix="/api/v1"))
    document["servers"] = [{"url": server}]
    document["info"]["license"] = {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"}
    problem = shapes.Problem.schema_of()
    document["components"]["schemas"] |= {**problem.pop("$defs", {}), "Problem": problem}
    document["components"]["securitySchemes"] = SECURITY
    for path, operations in document["paths"].items():
        for operation in operations.values():
            describe(path, operation)
    return document


def describe(path: str, operation: dict[str, Any]) -> None:
    """Add to one operation what all have in common."""
    is_own = "/me/" in path
    operation["security"] = [{"bearer": []}, {"basic": []}] if is_own else [{}, {"bearer": []}, {"basic": []}]
    responses = operation["responses"] = {str(status): said for status, said in operation["responses"].items()}
    responses["200"]["headers"] = {name: {"description": said, "schema": {"type": kind}} for name, (said, kind) in HEADERS.items()}
    for parameter in operation["parameters"]:
        exclude_nul(parameter["schema"])
    responses["304"] = {"headers": responses["200"]["headers"], "description": "What whoever asks has already is still right."}
    body = {problems.CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for status, said in SAID.items():
        responses[status] = {"description": said, "content": body}


def exclude_nul(schema: dict[str, Any]) -> None:
    """Say that a string has no character NUL, which PostgreSQL has not either."""
    if schema.get("type") == "string":
        schema.setdefault("pattern", WITHOUT_NUL)
    if "items" in schema:
        exclude_nul(schema["items"])
