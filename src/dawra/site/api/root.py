"""The one API of the house: it knows every room's operations and turns refusals into problem+json."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.docs import Swagger
from ninja.openapi.schema import OpenAPISchema

from dawra import __version__
from dawra.access import api as access
from dawra.access.contract import as_json
from dawra.access.errors import Answer, NotFound, Refused
from dawra.access.register import opens
from dawra.customers import api as customers
from dawra.deals import api as deals
from dawra.prospecting import api as prospecting
from dawra.site.api.merged import answer_of_merged
from dawra.site.middleware import details, problem
from dawra.team import api as team

ABOUT = """Everything a page of Dawra can do, through the same actions.

Send `Authorization: Bearer dw_…` (make a token under Settings → Tokens). Lists are paged by the mark in `next`
(`?after=`), filtered by `?field__operator=value`. Records carry an `ETag`; send it back as `If-Match` and a change
made meanwhile by somebody else is answered with 412 instead of being lost. Repeat a change safely with an
`Idempotency-Key`: for 24 hours it gets the first answer. Errors are `application/problem+json` (RFC 9457).
Money is whole minor units of its currency; shares are basis points (10000 = 100 %)."""


ANSWERS = {
    "get": {
        304: "As the ETag in If-None-Match says, nothing has changed",
        307: "The record went into another one; Location says where it is read",
    },
    "post": {201: "Made; Location says where"},
    "delete": {204: "Gone to the bin"},
}
ERRORS = {
    400: "The body is not JSON",
    401: "No valid token",
    403: "The role or the token does not allow this",
    404: "Nothing here, or not shared with you",
    409: "Changed meanwhile, or it collides with something",
    410: "The record went into another one; `record` says where that is",
    412: "The record is no longer at the version of If-Match",
    422: "Some values cannot be used",
    429: "Too many calls; Retry-After says how long to wait",
}
PROBLEM = {"content": {"application/problem+json": {"schema": {"type": "object"}}}}


class Api(NinjaAPI):
    """Says of every operation what any of them may answer."""

    def get_openapi_schema(self, **asked: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**asked)
        for path in schema["paths"].values():
            for method, operation in path.items():
                said = {status: {"description": text} for status, text in ANSWERS.get(method, {}).items()}
                wrong = {status: {"description": text, **PROBLEM} for status, text in ERRORS.items()}
                operation["responses"] = {**operation.get("responses", {}), **said, **wrong}
        return schema


def _open_docs(view: Any) -> Any:
    return opens(anyone=True, why="the contract of the API holds no data")(view)


api = Api(
    title="Dawra",
    version=__version__,
    description=ABOUT,
    urls_namespace="api",
    docs=Swagger(settings={"persistAuthorization": False}),
    docs_decorator=_open_docs,
    openapi_extra={
        "components": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
        "security": [{"token": []}],
    },
)


@api.exception_handler(Answer)
def _answered(request: HttpRequest, exception: Answer) -> HttpResponse:
    if isinstance(exception, NotFound) and (led := answer_of_merged(request)):
        return led
    return problem(exception.status, exception.code, str(exception), details(exception))


@api.exception_handler(ValidationError)
def _malformed(request: HttpRequest, exception: ValidationError) -> HttpResponse:
    errors = [
        {"field": ".".join(str(part) for part in error["loc"][1:]) or "body", "message": error["msg"]}
        for error in exception.errors
    ]
    return problem(422, "invalid", _("Some values cannot be used."), {"errors": errors})


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, exception: HttpError) -> HttpResponse:
    code = {400: "malformed", 401: "no_token", 404: "not_found", 405: "method", 415: "media_type"}.get(
        exception.status_code, "invalid"
    )
    return problem(exception.status_code, code, str(exception))


@api.get("/me", operation_id="me", summary="Who this token signs as, and what it may do", tags=["me"])
@opens()
def me(request: Any) -> HttpResponse:
    actor = request.actor
    if actor is None:
        raise Refused()
    return as_json(
        {
            "id": actor.member_id,
            "name": actor.name,
            "permissions": sorted(actor.permissions),
            "sees": "all" if actor.sees_all else len(actor.sees),
        }
    )


for _router in (*customers.ROUTERS, *prospecting.ROUTERS, *deals.ROUTERS, *access.ROUTERS, *team.ROUTERS):
    api.add_router("", _router)
